using System.Globalization;
using System.Text.Json;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Tests.Slos;

/// <summary>Every entry of slo-math.json.</summary>
public sealed class SloMathVectorTests
{
    private static readonly JsonElement Vectors = Load();

    public static TheoryData<string> BurnRateExhaustion => Entries("burnRateExhaustion");

    public static TheoryData<string> AlertThresholds => Entries("alertThresholds");

    public static TheoryData<string> TimeToFire => Entries("timeToFire");

    public static TheoryData<string> Budgeting => Entries("budgeting");

    public static TheoryData<string> MaxBurn => Entries("maxBurn");

    public static TheoryData<string> AllowedDowntime => Entries("allowedDowntime");

    public static TheoryData<string> Invalid => Entries("invalid");

    public static TheoryData<string> LowTraffic => Entries("lowTraffic");

    [Theory]
    [MemberData(nameof(BurnRateExhaustion))]
    public void Exhaustion_OfAFullBudget_TakesTheWindowOverTheBurnRate(string entry)
    {
        var e = Parse(entry);

        Close(Number(e, "secondsToExhaustFullBudget"), Burn.SecondsToExhaustion(1m, Number(e, "windowSeconds"), Number(e, "burnRate")));
        Assert.True(Number(e, "burnRate") <= Burn.MaximumRate(Number(e, "target")));
    }

    [Theory]
    [MemberData(nameof(AlertThresholds))]
    public void Threshold_OfARecommendedRule_FollowsTheWindow(string entry)
    {
        var e = Parse(entry);
        var windowMinutes = (int)Number(e, "windowDays") * 1440;
        var longMinutes = (int)Number(e, "longWindowHours") * 60;

        Close(Number(e, "threshold"), BurnAlertRules.ThresholdFor(Number(e, "budgetFraction"), windowMinutes, longMinutes));
        Close(Number(e, "threshold"), BurnAlertRules.ScaledTo(windowMinutes).Single(r => r.LongWindowMinutes == longMinutes).Threshold);
    }

    [Theory]
    [MemberData(nameof(TimeToFire))]
    public void SecondsToTrip_OfASteadyErrorRatio_IsWhenTheLongWindowReachesItsThreshold(string entry)
    {
        var e = Parse(entry);

        Close(
            Number(e, "secondsUntilLongWindowTrips"),
            BurnAlertRules.SecondsToTrip(Number(e, "target"), Number(e, "threshold"), Number(e, "longWindowSeconds"), Number(e, "errorRatio")));
    }

    [Theory]
    [MemberData(nameof(Budgeting))]
    public void Budget_ByEachMethod_IsAsTheWorkedExampleSays(string entry)
    {
        var e = Parse(entry);
        var target = Number(e, "target");
        if (e.TryGetProperty("slices", out var slices))
        {
            var budget = ErrorBudget.Of(target, BudgetingMethod.Timeslices, new SloTally(slices.GetInt64(), slices.GetInt64(), slices.GetInt32(), 0));
            Assert.Equal(Number(e, "allowedBadSlices") * 60, budget.Total);
            return;
        }

        foreach (var (method, name) in new[]
        {
            (BudgetingMethod.Occurrences, "occurrences"), (BudgetingMethod.Timeslices, "timeslices"), (BudgetingMethod.RatioTimeslices, "ratioTimeslices"),
        })
        {
            var slo = Slo.With(method, Number(e, "timeSliceTarget")) with { Target = target };
            var good = e.GetProperty("good").EnumerateArray().Select(g => g.GetInt64());
            var tally = good.Zip(e.GetProperty("total").EnumerateArray(), (g, t) => MinuteCell.OfEvents(g, t.GetInt64()))
                .Aggregate(default(SloTally), (sum, cell) => sum + MinuteOutcome.Of(slo, cell));

            Close(Number(e.GetProperty(name), "sli"), tally.Ratio);
            Close(1m - Number(e.GetProperty(name), "budgetConsumed"), ErrorBudget.Of(target, method, tally).RemainingRatio);
        }
    }

    [Theory]
    [MemberData(nameof(MaxBurn))]
    public void MaximumRate_OfATarget_DecidesWhichRulesCanFire(string entry)
    {
        var e = Parse(entry);

        Assert.Equal(Number(e, "maxBurnRate"), Burn.MaximumRate(Number(e, "target")));
        Assert.Equal(e.GetProperty("page14_4CanFire").GetBoolean(), BurnAlertRules.CanFire(14.4m, Number(e, "target")));
    }

    [Theory]
    [MemberData(nameof(AllowedDowntime))]
    public void AllowedDowntime_OfAPeriod_IsExact(string entry)
    {
        var e = Parse(entry);
        var period = e.GetProperty("period").GetString()!;
        var days = period.StartsWith("averageMonth", StringComparison.Ordinal)
            ? 365.25m / 12
            : decimal.Parse(period.TrimEnd('d'), CultureInfo.InvariantCulture);

        Assert.Equal(Number(e, "seconds"), ErrorBudget.AllowedDowntimeSeconds(Number(e, "target"), days * 86400));
    }

    [Fact]
    public void Credits_OfTheEnterpriseTable_AreAsTheContractSays()
    {
        var vector = Vectors.GetProperty("credits");
        var credits = new ServiceCredits(vector.GetProperty("table").EnumerateArray()
            .Select(b => new CreditBand(Number(b, "below"), Number(b, "atLeast"), Number(b, "creditPercent"))));
        var cases = vector.GetProperty("cases").EnumerateArray().ToList();

        Assert.NotEmpty(cases);
        Assert.All(cases, c =>
        {
            var month = Number(c, "monthSeconds");
            var up = month - Number(c, "downSeconds");
            Close(Number(c, "uptime"), up / month);
            Assert.Equal(Number(c, "creditPercent"), credits.PercentFor(up, month));
        });
    }

    [Fact]
    public void Exclusions_OfPlannedMaintenance_GiveTheUptimeOfBothModes()
    {
        var cases = Vectors.GetProperty("exclusions").EnumerateArray().ToList();

        Assert.NotEmpty(cases);
        Assert.All(cases, c =>
        {
            foreach (var (mode, name) in new[] { (ExclusionMode.Removed, "removed"), (ExclusionMode.CountedAsUp, "countedAsUp") })
            {
                Close(Number(c, name), Uptime(c, mode));
            }
        });
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Invalid_Input_IsNamed(string entry)
    {
        var e = Parse(entry);
        if (e.TryGetProperty("good", out var good))
        {
            Assert.NotEqual(CellFault.None, MinuteCell.CheckEvents(good.GetInt64(), e.GetProperty("total").GetInt64()));
            return;
        }

        var rules = e.TryGetProperty("burnThreshold", out _)
            ? [new BurnAlertRule(AlertSeverity.Page, 60, 5, Number(e, "burnThreshold"))]
            : Array.Empty<BurnAlertRule>();
        var faults = SloDefinitionRules.Check(Slo.Availability with { Target = Number(e, "target"), AlertRules = rules });

        var fault = Assert.Single(faults);
        Assert.Equal(rules.Length > 0 ? "/alertRules/0/threshold" : "/target", fault.Pointer);
    }

    [Theory]
    [MemberData(nameof(LowTraffic))]
    public void Alert_OnOneFailureInTenEvents_WaitsForTheMinimumCount(string entry)
    {
        var e = Parse(entry);
        var target = Number(e, "target");
        var perHour = e.GetProperty("eventsPerHour").GetInt64();
        var bad = e.GetProperty("badEvents").GetInt64();
        var hour = new SloTally(perHour - bad, perHour, 60, 0);
        var windowEvents = perHour * 24 * e.GetProperty("windowDays").GetInt64();
        var budget = ErrorBudget.Of(target, BudgetingMethod.Occurrences, new SloTally(windowEvents - bad, windowEvents, 0, 0));
        var rule = new BurnAlertRule(AlertSeverity.Page, 60, 5, 14.4m);

        Close(Number(e, "budgetConsumed"), budget.Consumed / budget.Total);
        Close(Number(e, "burnRate1h"), Burn.Rate(target, hour));
        Assert.True(BurnAlertRules.Fires(rule, target, hour, hour, perHour, hasFullHistory: true));
        Assert.False(BurnAlertRules.Fires(rule, target, hour, hour, perHour + 1, hasFullHistory: true));
    }

    /// <summary>A month of measured minutes with planned downtime at its start and unplanned downtime at its end.</summary>
    private static decimal? Uptime(JsonElement vector, ExclusionMode mode)
    {
        var month = WindowSpan.MonthOf(TimeIndex.MinuteOf(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds()));
        Assert.Equal(Number(vector, "periodSeconds"), month.Minutes * 60);
        var planned = (int)Number(vector, "plannedSeconds") / 60;
        var unplanned = (int)Number(vector, "unplannedDownSeconds") / 60;
        long? cap = vector.TryGetProperty("capSeconds", out var seconds) ? seconds.GetInt64() : null;
        var window = new PlannedMaintenance(TimeIndex.StartOfMinute(month.Start), TimeIndex.StartOfMinute(month.Start + planned), 0);
        var plan = ExclusionPlan.Of(new MaintenanceTerms(mode, cap, 0), [window], month);

        SloTally Measured(int minute) => minute < month.Start + planned || minute >= month.End - unplanned ? new(0, 1, 1, 60_000) : new(1, 1, 1, 0);
        var whole = Enumerable.Range(month.Start, month.Minutes).Aggregate(default(SloTally), (sum, minute) => sum + Measured(minute));
        return (whole + plan.Change(BudgetingMethod.Timeslices, month.Start, month.End, int.MaxValue, m => Measured(m))).Ratio;
    }

    private static void Close(decimal expected, decimal? actual)
    {
        Assert.NotNull(actual);
        Assert.InRange(actual.Value - expected, -1e-12m * Math.Max(1, Math.Abs(expected)), 1e-12m * Math.Max(1, Math.Abs(expected)));
    }

    private static decimal Number(JsonElement element, string name) => element.GetProperty(name).GetDecimal();

    private static JsonElement Parse(string entry) => JsonDocument.Parse(entry).RootElement;

    private static TheoryData<string> Entries(string name) => [.. Vectors.GetProperty(name).EnumerateArray().Select(e => e.GetRawText())];

    private static JsonElement Load()
    {
        using var stream = typeof(SloMathVectorTests).Assembly.GetManifestResourceStream("slo-math.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
