using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OpsDashboard.Domain.Agreements;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Tests.Agreements;

public sealed class StatementMathTests
{
    private static readonly Month June = new(2026, 6);

    private static readonly Arbitrary<Scene> Scenes =
        (from down in Spans(0, 3000, 40)
         from silent in Spans(0, 3000, 300)
         from planned in (from start in Gen.Choose(-200, 3000) from length in Gen.Choose(0, 400) from notice in Gen.Elements(0, 71, 72, 200) select (Start: start, Length: length, Notice: notice)).ListOf(3)
         from otherDown in Spans(0, 3000, 40)
         from cap in Gen.Elements<long?>(null, 0, 3600, 14_400)
         from mode in Gen.Elements(Enum.GetValues<ExclusionMode>())
         from measure in Gen.Elements(Enum.GetValues<AgreementMeasure>())
         from first in Gen.Elements(0, 60, 1441)
         from until in Gen.Elements(2500, 43_200)
         select new Scene([.. down], [.. silent], [.. planned], [.. otherDown], cap, mode, measure, first, until)).ToArbitrary();

    private sealed record Scene(
        (int Start, int Length)[] Down,
        (int Start, int Length)[] Silent,
        (int Start, int Length, int Notice)[] Planned,
        (int Start, int Length)[] OtherDown,
        long? Cap,
        ExclusionMode Mode,
        AgreementMeasure Measure,
        int From,
        int Until);

    [Fact]
    public void Credits_OfTheShippedEnterpriseTable_AreThoseOfTheContract()
    {
        var vectors = Vectors().GetProperty("credits");
        Assert.Equal(
            vectors.GetProperty("table").EnumerateArray().Select(band => new CreditBand(band.GetProperty("below").GetDecimal(), band.GetProperty("atLeast").GetDecimal(), band.GetProperty("creditPercent").GetDecimal())),
            AgreementTemplates.EnterpriseCredits);
        foreach (var one in vectors.GetProperty("cases").EnumerateArray())
        {
            // In tenths of a second, which all cases are whole numbers of.
            var total = (long)(one.GetProperty("monthSeconds").GetDecimal() * 10);
            var up = total - (long)(one.GetProperty("downSeconds").GetDecimal() * 10);
            Assert.Equal(one.GetProperty("creditPercent").GetDecimal(), Month.Enterprise.CreditPercent(up, total));
        }
    }

    [Fact]
    public void Exclusions_OfTheVectors_GiveTheirUptimes()
    {
        var cases = Vectors().GetProperty("exclusions").EnumerateArray().ToList();
        foreach (var (mode, name) in new[] { (ExclusionMode.Removed, "removed"), (ExclusionMode.CountedAsUp, "countedAsUp") })
        {
            // 4 h of planned downtime forgiven, 20 minutes down besides.
            var terms = Month.Enterprise with { Exclusions = new(mode, null, 72 * 3600) };
            var plain = June.Count(terms, June.Objective(minute => minute is < 240 or (>= 5000 and < 5020) ? MinuteState.Down : MinuteState.Up, June.Window(0, 240)));
            Assert.Equal(cases[0].GetProperty(name).GetDecimal(), plain.Uptime!.Value, 13);

            // 6 h planned and down, of which the cap forgives 4.
            var capped = June.Count(terms with { Exclusions = new(mode, 14_400, 0) }, June.Objective(minute => minute < 360 ? MinuteState.Down : MinuteState.Up, June.Window(0, 360)));
            Assert.Equal(cases[1].GetProperty(name).GetDecimal(), capped.Uptime!.Value, 13);
            Assert.Equal([IntervalKind.Excluded, IntervalKind.BeyondCap], capped.Intervals.Select(interval => interval.Kind));
        }
    }

    [Theory]
    [InlineData(2026, 2, 28)]
    [InlineData(2028, 2, 29)]
    [InlineData(2026, 4, 30)]
    [InlineData(2026, 7, 31)]
    public void Month_OfAnyLength_EarnsTheFirstCreditWithTheFifthMinute(int year, int number, int days)
    {
        var month = new Month(year, number);
        Assert.Equal(days * 1440, month.Span.Minutes);
        foreach (var (down, percent, met) in new[] { (0, 0m, true), (4, 0m, true), (5, 10m, false), ((days * 1440) / 1000, 10m, false), ((days * 1440 / 1000) + 1, 25m, false) })
        {
            var figures = month.Count(Month.Enterprise, month.Objective(minute => minute < down ? MinuteState.Down : MinuteState.Up));
            Assert.Equal((percent, met), (figures.CreditPercent, figures.Met));
            Assert.Equal(420m * percent, figures.CreditAmount);
            Assert.Equal(1 - ((decimal)down / (days * 1440)), figures.Uptime!.Value, 20);
        }
    }

    [Fact]
    public void Failover_OfTheAllowedFifteenMinutes_EarnsTenPercent()
    {
        var figures = June.Count(Month.Enterprise, June.Objective(minute => minute is >= 100 and < 115 ? MinuteState.Down : MinuteState.Up));

        Assert.Equal(0.9996527m, decimal.Round(figures.Uptime!.Value, 7, MidpointRounding.ToZero));
        Assert.Equal((10m, 4_200m), (figures.CreditPercent, figures.CreditAmount));
    }

    [Fact]
    public void Month_UnderWay_TellsHowMuchDowntimeIsLeft()
    {
        // Half of June has passed, 30 minutes of it down: 43 m 12 s are allowed until 25 %.
        var figures = StatementMath.Of(Month.Enterprise, June.Span, June.Span.Start, June.Span.Start + 21_600, [June.Objective(minute => minute < 30 ? MinuteState.Down : MinuteState.Up)]);

        Assert.Equal(10m, figures.CreditPercent);
        Assert.Equal(new NextCredit(13, 25m, 10_500m), figures.Next);
    }

    [Fact]
    public void MaintenanceStillToCome_ThatIsForgiven_LeavesTheMonthAhead()
    {
        var objective = June.Objective(minute => minute < 1000 ? MinuteState.Up : MinuteState.Silent, June.Window(2000, 240));
        var figures = StatementMath.Of(Month.Enterprise, June.Span, June.Span.Start, June.Span.Start + 1000, [objective]);

        Assert.Equal(43_200 - 1000 - 240, figures.Ahead);
    }

    [Fact]
    public void Service_ThatBeganInTheMonth_IsJudgedOnItsPartOfIt()
    {
        var objective = June.Objective(minute => minute < 21_600 ? MinuteState.Silent : minute < 21_603 ? MinuteState.Down : MinuteState.Up);
        var figures = StatementMath.Of(Month.Enterprise, June.Span, June.Span.Start + 21_600, June.Span.End, [objective]);

        // Three minutes of half a month: 99.9861 %, where a whole month would have kept the promise.
        Assert.Equal(10m, figures.CreditPercent);
        Assert.Equal(new MinuteCounts(21_597, 3, 0, 0, 0), figures.Minutes);
    }

    [Fact]
    public void Window_OverTheEdgeOfTheMonth_CountsOnlyInside()
    {
        var figures = June.Count(Month.Enterprise, June.Objective(_ => MinuteState.Up, June.Window(-60, 120), June.Window(43_200 - 30, 120)));

        Assert.Equal(90, figures.Minutes.Excluded);
    }

    [Fact]
    public void Window_AnnouncedLate_CountsAndSaysSo()
    {
        var figures = June.Count(Month.Enterprise, June.Objective(minute => minute is >= 100 and < 110 ? MinuteState.Down : MinuteState.Up, June.Window(100, 10, noticeHours: 71)));

        Assert.Equal((IntervalKind.AnnouncedLate, 10), (Assert.Single(figures.Intervals).Kind, figures.Minutes.Down));
    }

    [Fact]
    public void Silence_NeverRaisesAnUptime()
    {
        var heard = June.Count(Month.Enterprise, June.Objective(minute => minute < 10 ? MinuteState.Down : MinuteState.Up));
        var silent = June.Count(Month.Enterprise, June.Objective(minute => minute < 10 ? MinuteState.Down : minute < 20_000 ? MinuteState.Silent : MinuteState.Up));

        Assert.True(silent.Uptime < heard.Uptime);
        Assert.Null(June.Count(Month.Enterprise, June.Objective(_ => MinuteState.Silent)).Uptime);
    }

    [Fact]
    public void Statement_OfAnyMinutes_IsWhatASlowCountSays() =>
        Prop.ForAll(Scenes, scene =>
        {
            var windows = scene.Planned.Select(one => June.Window(one.Start, one.Length, one.Notice)).ToArray();
            MinuteState First(int minute) => Hit(scene.Down, minute) ? MinuteState.Down : Hit(scene.Silent, minute) ? MinuteState.Silent : MinuteState.Up;
            MinuteState Second(int minute) => Hit(scene.OtherDown, minute) ? MinuteState.Down : MinuteState.Up;
            var terms = Month.Enterprise with { Exclusions = new(scene.Mode, scene.Cap, 72 * 3600), Measure = scene.Measure };
            var figures = StatementMath.Of(
                terms,
                June.Span,
                June.Span.Start + scene.From,
                June.Span.Start + scene.Until,
                [June.Objective("a/b/one", First, windows), June.Objective("a/b/two", Second)]);

            var forgiven = SlowlyForgiven(scene);
            var planned = scene.Planned.SelectMany(one => Enumerable.Range(one.Start, one.Length)).ToHashSet();
            var one = SlowCount(scene, minute => forgiven.Contains(minute) ? null : First(minute) switch { MinuteState.Down => false, MinuteState.Silent => planned.Contains(minute) ? false : null, _ => true }, forgiven.Contains);
            var two = SlowCount(scene, minute => Second(minute) == MinuteState.Up, _ => false);
            var both = SlowCount(
                scene,
                minute => Second(minute) == MinuteState.Down || (!forgiven.Contains(minute) && (First(minute) == MinuteState.Down || (First(minute) == MinuteState.Silent && planned.Contains(minute)))) ? false : true,
                _ => false);
            var expected = scene.Measure == AgreementMeasure.AllUp ? both : one.Uptime is { } alone && alone <= two.Uptime ? one : two;
            Assert.Equal(expected.Uptime, figures.Uptime);
            Assert.Equal(expected.Down, figures.Minutes.Down);
            Assert.Equal(expected.Down, figures.Intervals.Where(interval => interval.Counts).Sum(interval => interval.Minutes));
            Assert.Equal(scene.Until - scene.From, figures.Minutes.Counted);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void DowntimeLeft_UsedUp_CostsNothingAndOneMinuteMoreDoes() =>
        Prop.ForAll(Gen.Choose(0, 600).ToArbitrary(), down =>
        {
            MinuteState Down(int minute, int minutes) => minute < minutes ? MinuteState.Down : MinuteState.Up;
            var open = StatementMath.Of(Month.Enterprise, June.Span, June.Span.Start, June.Span.Start + 20_000, [June.Objective(minute => Down(minute, down))]);
            if (open.Next is not { } next)
            {
                return;
            }

            Assert.Equal(open.CreditPercent, June.Count(Month.Enterprise, June.Objective(minute => Down(minute, down + next.MinutesLeft))).CreditPercent);
            Assert.Equal(next.Percent, June.Count(Month.Enterprise, June.Objective(minute => Down(minute, down + next.MinutesLeft + 1))).CreditPercent);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));

    private static Gen<List<(int Start, int Length)>> Spans(int first, int last, int longest) =>
        (from start in Gen.Choose(first, last) from length in Gen.Choose(1, longest) select (start, length)).ListOf(4).Select(list => list.ToList());

    private static bool Hit((int Start, int Length)[] spans, int minute) => Array.Exists(spans, span => minute >= span.Start && minute < span.Start + span.Length);

    /// <summary>Minute by minute: announced in time, and within the cap of the month.</summary>
    private static HashSet<int> SlowlyForgiven(Scene scene)
    {
        var announced = scene.Planned.Where(one => one.Notice >= 72).SelectMany(one => Enumerable.Range(one.Start, one.Length)).Where(minute => minute >= 0).ToHashSet();
        return [.. announced.Order().Take(scene.Cap is { } cap ? (int)(cap / 60) : int.MaxValue)];
    }

    /// <param name="isUp">Null: counts in nothing.</param>
    private static (decimal? Uptime, int Down) SlowCount(Scene scene, Func<int, bool?> isUp, Func<int, bool> isForgiven)
    {
        var minutes = Enumerable.Range(scene.From, scene.Until - scene.From).ToList();
        var down = minutes.Count(minute => isUp(minute) == false);
        var up = minutes.Count(minute => isUp(minute) == true) + (scene.Mode == ExclusionMode.CountedAsUp ? minutes.Count(minute => isUp(minute) is null && isForgiven(minute)) : 0);
        return (up + down == 0 ? null : (decimal)up / (up + down), down);
    }

    private static JsonElement Vectors()
    {
        using var stream = typeof(StatementMathTests).Assembly.GetManifestResourceStream("slo-math.json")!;
        return JsonDocument.Parse(stream).RootElement.Clone();
    }
}
