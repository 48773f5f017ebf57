using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Slos.Evaluation;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Tests.Slos.Evaluation;

public sealed class SloTrackerTests
{
    private const int Day = 1440;

    private static readonly int June = TimeIndex.MinuteOf(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());

    [Fact]
    public void Evaluate_WithoutAnyData_IsNoDataAndNeverFull()
    {
        var found = new SloTracker(Slo.Availability, June).Evaluate(June, []);

        Assert.Equal(SloState.NoData, found.State);
        Assert.Null(found.Sli);
        Assert.Equal(0m, found.Coverage);
        Assert.Null(found.Budget.RemainingRatio);
        Assert.All(found.BurnRates, r => Assert.Null(r.Rate));
        Assert.All(found.Sparkline, Assert.Null);
    }

    [Fact]
    public void Evaluate_TheFirstSecondsOfASeries_JudgesWhatItSees()
    {
        var history = new RecordedHistory();
        history.Measure(June, MinuteCell.OfEvents(9, 10));
        var found = history.Evaluate(history.NewTracker(Slo.Availability, June), June);

        Assert.Equal((SloState.Breached, 0.9m, 1m), (found.State, found.Sli, found.Coverage));
        Assert.Equal(June, found.LastSeenMinute);
    }

    [Fact]
    public void Evaluate_FewerEventsThanItTakesToJudge_IsNoDataWithTheFiguresSeen()
    {
        var history = new RecordedHistory();
        history.Measure(June, MinuteCell.OfEvents(98, 99));
        history.Measure(June + 1, MinuteCell.OfEvents(1, 1));
        var slo = Slo.Availability with { MinimumEvents = 100 };
        var tracker = history.NewTracker(slo, June);

        Assert.Equal((SloState.NoData, 98m / 99m), Seen(history.Evaluate(tracker, June)));
        Assert.Equal((SloState.Breached, 0.99m), Seen(history.Evaluate(tracker, June + 1)));
        static (SloState, decimal?) Seen(SloEvaluation e) => (e.State, e.Sli);
    }

    [Fact]
    public void Evaluate_BelowTheMinimumCoverage_IsNoDataHoweverGoodTheRest()
    {
        var history = new RecordedHistory();
        var slo = Slo.Availability with { Window = SloWindow.RollingDays(1), MinimumCoverage = 0.5m };
        for (var minute = June; minute < June + 60; minute++)
        {
            history.Measure(minute, MinuteCell.OfEvents(100, 100));
        }

        var tracker = history.NewTracker(slo, June + 60);
        Assert.Equal((SloState.Healthy, 1m), Seen(history.Evaluate(tracker, June + 60)));
        Assert.Equal((SloState.Healthy, 0.5m), Seen(history.Evaluate(tracker, June + 120)));
        Assert.Equal((SloState.NoData, 60m / 121m), Seen(history.Evaluate(tracker, June + 121)));
        static (SloState, decimal) Seen(SloEvaluation e) => (e.State, e.Coverage);
    }

    [Fact]
    public void Evaluate_AMonthWithCappedMaintenance_CountsWhatLiesBeyondTheCapAsDown()
    {
        var slo = Slo.With(BudgetingMethod.Timeslices) with
        {
            Window = SloWindow.CalendarMonth,
            Maintenance = new MaintenanceTerms(ExclusionMode.Removed, 4 * 3600, 72 * 3600),
        };
        var history = Up(June, June + (30 * Day), silentFrom: June + (10 * Day), silentTo: June + (10 * Day) + 360);
        var start = TimeIndex.StartOfMinute(June + (10 * Day));
        var planned = new PlannedMaintenance(start, start + (6 * 3_600_000L), start - (72 * 3_600_000L));
        var end = June + (30 * Day) - 1;

        var found = history.Evaluate(history.NewTracker(slo, end), end, planned);

        Assert.Equal((4 * 3600L, 2 * 3600m, 1m), (found.ExcludedSeconds, found.BadSeconds, found.Coverage));
        Assert.Equal(SloState.Breached, found.State);
        Assert.Equal((2592000m - 14400 - 7200) / (2592000 - 14400), found.Sli);

        var late = history.Evaluate(history.NewTracker(slo, end), end, planned with { AnnouncedAt = start });
        Assert.Equal((0L, 6 * 3600m), (late.ExcludedSeconds, late.BadSeconds));
    }

    [Fact]
    public void Evaluate_EarlyInAMonth_ComparesWithTheWholeMonthsAllowance()
    {
        var slo = Slo.With(BudgetingMethod.Timeslices) with { Window = SloWindow.CalendarMonth };
        var history = Up(June, June + (2 * Day), badFrom: June + 600, badTo: June + 610);
        var now = June + (2 * Day) - 1;

        var found = history.Evaluate(history.NewTracker(slo, now), now);

        Assert.Equal((2592m, 600m, 1992m), (found.Budget.Total, found.Budget.Consumed, found.Budget.Remaining));
        Assert.Equal(SloState.Healthy, found.State);
        Assert.Equal(new WindowSpan(June, June + (30 * Day)), found.Window);
    }

    [Fact]
    public void Evaluate_AnOutage_FiresSinceTheMinuteBothWindowsExceeded()
    {
        var slo = Slo.Availability with { AlertRules = [new(AlertSeverity.Page, 60, 5, 14.4m)] };
        var now = June + (2 * Day);
        var history = Up(June, now, badFrom: now - 20, badTo: now);

        // Of 60 equal minutes one bad is 1.67 % errors, above 14.4 × 0.1 %.
        var found = history.Evaluate(history.NewTracker(slo, now - 1), now - 1);
        Assert.Equal(now - 20, Assert.Single(found.Alerts).SinceMinute);
        Assert.Equal(SloState.Breached, found.State);

        var restored = history.NewTracker(slo, now - 1);
        restored.Restore([new BurnAlert(slo.AlertRules[0], true, now - 500)]);
        Assert.Equal(now - 500, Assert.Single(history.Evaluate(restored, now - 1).Alerts).SinceMinute);
    }

    [Fact]
    public void Evaluate_AYoungSeries_WaitsForAFullLongWindow()
    {
        var slo = Slo.Availability with { AlertRules = [new(AlertSeverity.Page, 60, 5, 14.4m)] };
        var history = Up(June, June + 60, badFrom: June, badTo: June + 60);
        var tracker = history.NewTracker(slo, June + 58);

        Assert.False(Assert.Single(history.Evaluate(tracker, June + 58).Alerts).Firing);
        Assert.True(Assert.Single(history.Evaluate(tracker, June + 59).Alerts).Firing);
    }

    [Fact]
    public void Evaluate_AfterTheClockSteppedBack_JudgesThePastAgain()
    {
        var history = Up(June, June + (4 * Day), badFrom: June + (3 * Day), badTo: June + (3 * Day) + 3);
        var now = June + (4 * Day);
        var tracker = history.NewTracker(Slo.Availability, now - 60);
        var before = history.Evaluate(tracker, now - 60);
        history.Evaluate(tracker, now);

        var again = history.Evaluate(tracker, now - 60);
        Assert.Equal(before with { Sparkline = [], BurnRates = [], Alerts = [] }, again with { Sparkline = [], BurnRates = [], Alerts = [] });
        Assert.Equal(before.BurnRates, again.BurnRates);
        Assert.True(tracker.Covers(now - 60));
        Assert.False(tracker.Covers(now - Day));
    }

    [Fact]
    public void Evaluate_WhileABudgetBurns_ForecastsWhenItIsEmpty()
    {
        var now = June + (20 * Day);
        var history = Up(June, now, badFrom: now - 3, badTo: now);
        var found = history.Evaluate(history.NewTracker(Slo.Availability with { AlertRules = [] }, now - 1), now - 1);

        // 28,800 minutes allow 28.8 bad ones; 3 are spent; the last hour burns 5 % / 0.1 % = 50.
        var seconds = (28.8m - 3m) / 28.8m * 30 * 86400 / 50;
        Assert.Equal(TimeIndex.StartOfMinute(now) + (long)(seconds * 1000), found.ExhaustionAt);
        Assert.Equal(SloState.Healthy, found.State);
    }

    [Fact]
    public void Evaluate_WithLittleLeftAndABurn_IsAtRisk()
    {
        var now = June + (20 * Day);
        var history = Up(June, now, badFrom: now - 26, badTo: now);
        var found = history.Evaluate(history.NewTracker(Slo.Availability with { AlertRules = [] }, now - 1), now - 1);

        Assert.InRange(found.Budget.RemainingRatio!.Value, 0m, 0.1m);
        Assert.Equal(SloState.AtRisk, found.State);
    }

    [Fact]
    public void Evaluate_WithoutTheTailsMinutes_LeavesThatPartOut()
    {
        var now = June + (20 * Day) + 29;
        var slo = Slo.Availability with { Window = SloWindow.RollingDays(10) };
        var history = Up(June, now + 1);
        var tracker = history.NewTracker(slo, now);

        Assert.True(tracker.NeedsTailHour(out var tail));
        Assert.Equal(TimeIndex.HourOf(now + 1 - (10 * Day)), tail);
        Assert.Equal(100m * ((10 * Day) - 30), tracker.Evaluate(now, []).Total);

        tracker.Supply(tail, history.Hour(tail));
        Assert.False(tracker.NeedsTailHour(out _));
        Assert.Equal(100m * 10 * Day, tracker.Evaluate(now, []).Total);
    }

    [Fact]
    public void Apply_LateSamplesInTheTailHour_ChangesItsSuppliedMinutes()
    {
        var now = June + (20 * Day) + 29;
        var slo = Slo.Availability with { Window = SloWindow.RollingDays(1), AlertRules = [] };
        var history = Up(June, now + 1);
        var tracker = history.NewTracker(slo, now);
        Assert.Equal(100m * Day, history.Evaluate(tracker, now).Total);

        var late = now + 1 - Day + 5;
        tracker.Apply(TimeIndex.HourOf(late), history.Measure(late, MinuteCell.OfEvents(0, 7)));

        Assert.Equal((100m * Day) + 7, history.Evaluate(tracker, now).Total);
    }

    [Fact]
    public void Apply_AnHourLongAfterTheLastJudgement_IsKept()
    {
        var history = Up(June, June + 10);
        var tracker = history.NewTracker(Slo.Availability, June + 9);
        var later = June + (3 * Day);

        tracker.Apply(TimeIndex.HourOf(later), history.Measure(later, MinuteCell.OfEvents(0, 1000)));

        var found = history.Evaluate(tracker, later);
        Assert.Equal((2000m, 0.5m, later), (found.Total, found.Sli, found.LastSeenMinute));
    }

    [Fact]
    public void Sparkline_OfARollingMonth_ShowsThirtyDays()
    {
        var now = June + (40 * Day) - 1;
        var history = Up(June, now + 1, badFrom: June + (38 * Day), badTo: June + (39 * Day));
        var found = history.Evaluate(history.NewTracker(Slo.Availability, now), now);

        Assert.Equal([.. Enumerable.Repeat<decimal?>(1m, 28), 0m, 1m], found.Sparkline);
    }

    [Fact]
    public void ApplySums_InPlaceOfChunks_GivesTheSameWindow()
    {
        var now = June + (30 * Day) - 1;
        var history = Up(June, now + 1, badFrom: June + 100, badTo: June + 200);
        var tracker = new SloTracker(Slo.Availability, now, June);
        for (var hour = tracker.FirstHourNeeded; hour <= TimeIndex.HourOf(now); hour++)
        {
            var chunk = history.Hour(hour);
            if (hour < TimeIndex.HourOf(now) - 80)
            {
                tracker.ApplySums(hour, MinuteOutcome.OfHour(Slo.Availability, chunk));
            }
            else
            {
                tracker.Apply(hour, chunk);
            }
        }

        var expected = history.Evaluate(history.NewTracker(Slo.Availability, now), now);
        var found = history.Evaluate(tracker, now);
        Assert.Equal((expected.Sli, expected.Coverage, expected.Budget), (found.Sli, found.Coverage, found.Budget));
        Assert.Equal(expected.Sparkline, found.Sparkline);
    }

    /// <summary>100 events a minute over [from, to).</summary>
    private static RecordedHistory Up(int from, int to, int badFrom = 0, int badTo = 0, int silentFrom = 0, int silentTo = 0)
    {
        var history = new RecordedHistory();
        for (var hour = TimeIndex.HourOf(from); hour <= TimeIndex.HourOf(to - 1); hour++)
        {
            for (var minute = Math.Max(from, hour * 60); minute < Math.Min(to, (hour + 1) * 60); minute++)
            {
                if (minute < silentFrom || minute >= silentTo)
                {
                    history.Record(minute, MinuteCell.OfEvents(minute >= badFrom && minute < badTo ? 0 : 100, 100));
                }
            }
        }

        return history;
    }
}
