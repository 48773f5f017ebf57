using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Slos.WhatIf;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Domain.Tests.Slos.Evaluation;

namespace OpsDashboard.Domain.Tests.Slos.WhatIf;

public sealed class ChangeRehearsalTests
{
    private const int Day = 1440;

    private static readonly int Now = Minute(2026, 11, 22) + 629;

    [Fact]
    public void Compare_AStricterTarget_NamesTheMonthsItWouldHaveMissed()
    {
        // One minute an hour with 1,000 events; in March 5 of 1,000 fail, in June 50; August did not report.
        var history = new RecordedHistory();
        for (var hour = TimeIndex.HourOf(Minute(2025, 9, 1)); hour <= TimeIndex.HourOf(Now); hour++)
        {
            var month = DateTimeOffset.FromUnixTimeSeconds(hour * 3600L).Month;
            if (month != 8)
            {
                history.Record(hour * 60, MinuteCell.OfEvents(month == 3 ? 995 : month == 6 ? 950 : 1000, 1000));
            }
        }

        var slo = Slo.Availability with { Target = 0.99m, MinimumCoverage = 0.01m };
        var change = Compare(history, slo, slo with { Target = 0.999m });

        Assert.Equal((1, 2), (change.Before.MonthsBreached, change.After.MonthsBreached));
        Assert.Equal(Minute(2025, 11, 1), change.After.Months[0].StartMinute);
        Assert.Equal([false, false, false, false, true, false, false, true, false, null, false, false], change.After.Months.Select(m => m.Breached));
        Assert.Equal((0.995m, null), (change.After.Months[4].Sli, change.After.Months[9].Sli));
        Assert.Equal(1m / 60, change.After.Months[11].Coverage);
        Assert.Equal(10 * change.After.Now.Budget.Total, change.Before.Now.Budget.Total);
    }

    [Fact]
    public void Compare_TooLittleHistory_SaysSoInsteadOfGuessing()
    {
        var history = new RecordedHistory();
        history.Record(Now, MinuteCell.OfEvents(0, 10));
        var slo = Slo.Availability with { AlertRules = [new(AlertSeverity.Page, 60, 5, 14.4m)] };

        var change = Compare(history, slo, slo);

        Assert.Null(change.After.MonthsBreached);
        Assert.All(change.After.Months, m => Assert.Null(m.Breached));
        Assert.Equal(new RehearsedAlert(slo.AlertRules[0], 0, 0, 0), Assert.Single(change.After.Alerts));
    }

    [Theory]
    [InlineData(BudgetingMethod.Occurrences, ExclusionMode.Removed)]
    [InlineData(BudgetingMethod.Timeslices, ExclusionMode.CountedAsUp)]
    [InlineData(BudgetingMethod.RatioTimeslices, ExclusionMode.Removed)]
    public void Compare_ReplayedAlerts_FireExactlyWhenTheyWouldHave(BudgetingMethod method, ExclusionMode mode)
    {
        var random = new Random(7);
        var history = new RecordedHistory();
        var errors = 0;
        for (var minute = Now - (32 * Day); minute <= Now; minute++)
        {
            errors = random.Next(200) == 0 ? random.Next(40) : random.Next(30) == 0 ? 0 : errors;
            if (minute % 977 > 40)
            {
                history.Record(minute, MinuteCell.OfEvents(100 - errors, 100));
            }
        }

        var start = TimeIndex.StartOfMinute(Now - (10 * Day));
        PlannedMaintenance[] maintenance = [new(start, start + 7_200_000, 0), new(start + 86_400_000, start + 90_000_000, 0)];
        var slo = Slo.With(method, 0.9m) with
        {
            Window = SloWindow.RollingDays(7),
            Maintenance = new MaintenanceTerms(mode, 5400, 0),
            MinimumEvents = method == BudgetingMethod.Occurrences ? 5000 : 55,
            AlertRules = [new(AlertSeverity.Page, 60, 5, 100m), new(AlertSeverity.Ticket, 360, 30, 40m), new(AlertSeverity.Ticket, 4320, 360, 30m)],
        };
        var change = ChangeRehearsal.Compare(slo, slo, Now, history.Hour, null, maintenance);

        var expected = slo.AlertRules.Select(_ => (Firings: 0, Minutes: 0, Last: false)).ToArray();
        var tracker = history.NewTracker(slo, Now - (30 * Day) + 1);
        for (var minute = Now - (30 * Day) + 1; minute <= Now; minute++)
        {
            if (minute % 60 == 0)
            {
                tracker.Advance(minute);
                tracker.Apply(minute / 60, history.Hour(minute / 60));
            }

            var alerts = tracker.Evaluate(minute, maintenance).Alerts;
            for (var i = 0; i < expected.Length; i++)
            {
                var (firings, minutes, last) = expected[i];
                expected[i] = (firings + (alerts[i].Firing && !last ? 1 : 0), minutes + (alerts[i].Firing ? 1 : 0), alerts[i].Firing);
            }
        }

        Assert.Equal(expected.Select(e => (e.Firings, e.Minutes)), change.Before.Alerts.Select(a => (a.Firings, a.FiringMinutes)));
        Assert.Contains(expected, e => e.Firings > 3);
        Assert.Equal([30 * Day, 30 * Day, (32 * Day) + 1 - 4320 + 1], change.Before.Alerts.Select(a => a.JudgedMinutes));

        var live = history.Evaluate(history.NewTracker(slo, Now), Now, maintenance);
        Assert.Equal((live.Sli, live.Budget, live.Coverage), (change.After.Now.Sli, change.After.Now.Budget, change.After.Now.Coverage));
        Assert.Equal(live.BurnRates, change.After.Now.BurnRates);
    }

    [Fact]
    public void Compare_MonthsThatKeptOnlyHours_AreJudgedByTheirSums()
    {
        var hours = new Dictionary<int, HourChunk>();
        for (var hour = TimeIndex.HourOf(Minute(2026, 9, 1)); hour <= TimeIndex.HourOf(Now); hour++)
        {
            var chunk = new HourChunk();
            for (var minute = 0; minute < 60; minute += 15)
            {
                chunk.Merge(minute, MinuteCell.OfEvents(hour % 100 == 0 ? 60 : 100, 100));
            }

            chunk.Condense();
            hours[hour] = chunk;
        }

        var slo = Slo.Availability with { Target = 0.99m, MinimumCoverage = 0.05m };
        var change = ChangeRehearsal.Compare(slo, slo with { Target = 0.999m }, Now, hours.GetValueOrDefault, null, []);

        Assert.Equal((0, 2), (change.Before.MonthsBreached, change.After.MonthsBreached));
    }

    private static RehearsedChange Compare(RecordedHistory history, SloDefinition before, SloDefinition after) =>
        ChangeRehearsal.Compare(before, after, Now, history.Hour, null, []);

    private static int Minute(int year, int month, int day) =>
        TimeIndex.MinuteOf(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());
}
