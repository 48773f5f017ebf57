using FsCheck;
using FsCheck.Fluent;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Slos.Evaluation;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Tests.Slos.Evaluation;

/// <summary>The incremental tracker against a judgement from scratch, over random lives of an objective.</summary>
public sealed class SloTrackerPropertyTests
{
    // Three days before the turn of a month that is also the turn of a quarter.
    private static readonly int Start = TimeIndex.MinuteOf(new DateTimeOffset(2026, 9, 28, 7, 23, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());

    private static readonly SloWindow[] Windows =
    [
        new(WindowKind.Rolling, WindowUnit.Hour, 1), new(WindowKind.Rolling, WindowUnit.Hour, 5), SloWindow.RollingDays(1), SloWindow.RollingDays(5),
        new(WindowKind.Rolling, WindowUnit.Week, 1), new(WindowKind.Calendar, WindowUnit.Day, 1), new(WindowKind.Calendar, WindowUnit.Week, 1),
        SloWindow.CalendarMonth, new(WindowKind.Calendar, WindowUnit.Quarter, 1),
    ];

    // Without the long one the tracker keeps minutes for hours only, and late samples reach hours whose minutes were supplied.
    private static readonly BurnAlertRule[][] Rules =
    [
        [],
        [new(AlertSeverity.Page, 60, 5, 2m), new(AlertSeverity.Page, 360, 30, 1m), new(AlertSeverity.Ticket, 4320, 360, 0.5m)],
    ];

    private static readonly Gen<SloDefinition> Definitions =
        from kind in Gen.Elements(Enum.GetValues<SliKind>())
        from method in Gen.Elements(Enum.GetValues<BudgetingMethod>())
        from window in Gen.Elements(Windows)
        from target in Gen.Elements(0.9m, 0.99m, 0.999m)
        from coverage in Gen.Elements(0m, 0.2m, 0.9m)
        from minimum in Gen.Elements(0L, 50L)
        from mode in Gen.Elements(Enum.GetValues<ExclusionMode>())
        from cap in Gen.Elements<long?>(null, 3600)
        from rules in Gen.Elements(Rules)
        select Slo.With(method, 0.9m) with
        {
            Kind = kind,
            Window = window,
            Target = target,
            MinimumCoverage = coverage,
            MinimumEvents = minimum,
            Maintenance = new MaintenanceTerms(mode, cap, 0),
            Threshold = new Threshold(Comparison.LessThan, 100m),
            AlertRules = rules,
        };

    private static readonly Gen<PlannedMaintenance> Maintenance =
        from start in Gen.Choose(-3000, 6000)
        from length in Gen.Choose(1, 300)
        let startMs = TimeIndex.StartOfMinute(Start + start)
        select new PlannedMaintenance(startMs, startMs + (length * TimeIndex.MillisecondsPerMinute), 0);

    private static readonly Gen<Step> Steps =
        from forward in Gen.Frequency((6, Gen.Choose(0, 3)), (3, Gen.Choose(10, 200)), (1, Gen.Choose(500, 4000)))
        from back in Gen.Frequency((3, Gen.Choose(-4, 10)), (1, Gen.Choose(0, 48 * 60)))
        from length in Gen.Frequency((3, Gen.Choose(1, 10)), (1, Gen.Choose(60, 600)))
        from total in Gen.Frequency((1, Gen.Constant(0)), (8, Gen.Choose(1, 5000)), (1, Gen.Choose(1_000_000_000, int.MaxValue)))
        from bad in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(0, 5000)))
        select new Step(forward, back, length, total * (total > 1_000_000_000 ? 3L : 1L), Math.Min(bad, total));

    private static readonly Arbitrary<Life> Lives =
        (from slo in Definitions
         from steps in Steps.ListOf(12)
         from maintenance in Gen.Frequency((1, Gen.Constant(Array.Empty<PlannedMaintenance>())), (1, Maintenance.ArrayOf(3)))
         select new Life(slo, [.. steps], maintenance)).ToArbitrary();

    [Fact]
    public void Evaluate_AfterAnyLife_EqualsAJudgementFromScratch() =>
        Prop.ForAll(Lives, life =>
        {
            var history = new RecordedHistory();
            var now = Start;
            var tracker = history.NewTracker(life.Slo, now);
            foreach (var step in life.Steps)
            {
                now += step.Forward;
                if (step.Forward % 2 == 0)
                {
                    tracker.Advance(now);
                }

                foreach (var (hour, chunk) in Measure(history, life.Slo.Kind, step, now))
                {
                    tracker.Apply(hour, chunk);
                }

                AssertFromScratch(life, history, now, history.Evaluate(tracker, now, life.Maintenance));
            }

            AssertSame(history.Evaluate(history.NewTracker(life.Slo, now), now, life.Maintenance), history.Evaluate(tracker, now, life.Maintenance));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static IEnumerable<(int Hour, HourChunk Chunk)> Measure(RecordedHistory history, SliKind kind, Step step, int now)
    {
        var changed = new Dictionary<int, HourChunk>();
        for (var minute = now - step.Back - step.Length + 1; minute <= now - step.Back; minute++)
        {
            changed[TimeIndex.HourOf(minute)] = history.Measure(minute, CellOf(kind, step));
        }

        return changed.Select(c => (c.Key, c.Value));
    }

    private static MinuteCell CellOf(SliKind kind, Step step)
    {
        switch (kind)
        {
            case SliKind.Latency:
                var durations = new LatencyHistogram();
                durations.AddMicros(20_000, step.Total - step.Bad);
                durations.AddMicros(900_000, step.Bad);
                return MinuteCell.OfLatencies(durations);
            case SliKind.Value:
            case SliKind.Freshness:
                return step.Total == 0 ? MinuteCell.OfEvents(0, 0) : MinuteCell.OfValue(step.Bad > 0 ? 150m : 50m);
            default:
                return MinuteCell.OfEvents(step.Total - step.Bad, step.Total);
        }
    }

    private static void AssertFromScratch(Life life, RecordedHistory history, int now, SloEvaluation found)
    {
        var (slo, _, maintenance) = life;
        var span = WindowSpan.At(slo.Window, now);
        var minutes = history.Minutes(slo, span.Start, now + 1, now, maintenance).ToList();
        var tally = minutes.Aggregate(default(SloTally), (sum, minute) => sum + (minute ?? default));
        var finished = history.Minutes(slo, span.Start, now, now, maintenance).Where(m => m is not null).ToList();
        var coverage = finished.Count == 0 ? (tally.SeenMinutes > 0 ? 1m : 0m) : (decimal)finished.Count(m => m!.Value.SeenMinutes > 0) / finished.Count;

        Assert.Equal(tally.Ratio, found.Sli);
        Assert.Equal(tally.Total > 0 && tally.Bad == 0, found.Sli == 1m);
        Assert.Equal(SloUnits.ToDisplay(slo.Budgeting, tally.Good), found.Good);
        Assert.Equal(SloUnits.ToDisplay(slo.Budgeting, tally.Total), found.Total);
        Assert.Equal(tally.BadMilliseconds / 1000m, found.BadSeconds);
        Assert.Equal(coverage, found.Coverage);
        Assert.Equal(found.Budget.Total, found.Budget.Consumed + found.Budget.Remaining);
        foreach (var rate in found.BurnRates)
        {
            Assert.Equal(Burn.Rate(slo.Target, history.Sum(slo, now + 1 - rate.WindowMinutes, now + 1, now, maintenance)), rate.Rate);
        }

        foreach (var alert in found.Alerts)
        {
            Assert.Equal(Fires(life, history, alert.Rule, now), alert.Firing);
            Assert.Equal(alert.Firing, alert.SinceMinute is not null);
        }

        Assert.Equal(StateOf(slo, tally, coverage, found), found.State);
        var lastSeen = history.Hours.SelectMany(h => Enumerable.Range(h.Key * 60, 60)).Where(m => m <= now && m >= span.Start && history.Minute(slo, m).SeenMinutes > 0);
        if (history.Reported!.Value.Last <= now)
        {
            Assert.Equal(lastSeen.Select(m => (int?)m).Max(), found.LastSeenMinute);
        }
    }

    private static bool Fires(Life life, RecordedHistory history, BurnAlertRule rule, int now)
    {
        var unit = life.Slo.Budgeting == BudgetingMethod.RatioTimeslices ? SloUnits.RatioUnit : 1m;
        SloTally Over(int minutes) => history.Sum(life.Slo, now + 1 - minutes, now + 1, now, life.Maintenance);
        return history.Reported!.Value.First <= now + 1 - rule.LongWindowMinutes
            && Over(rule.LongWindowMinutes).Total >= life.Slo.MinimumEvents * unit
            && Burn.Rate(life.Slo.Target, Over(rule.LongWindowMinutes)) > rule.Threshold
            && Burn.Rate(life.Slo.Target, Over(rule.ShortWindowMinutes)) > rule.Threshold;
    }

    private static SloState StateOf(SloDefinition slo, SloTally tally, decimal coverage, SloEvaluation found)
    {
        var few = slo.Budgeting == BudgetingMethod.Occurrences && tally.Total < slo.MinimumEvents;
        if (tally.Total == 0 || few || coverage < slo.MinimumCoverage)
        {
            return SloState.NoData;
        }

        if (found.Budget.Remaining < 0)
        {
            return SloState.Breached;
        }

        return found.Alerts.Any(a => a.Firing) || (found.ExhaustionAt is not null && found.Budget.RemainingRatio <= 0.1m) ? SloState.AtRisk : SloState.Healthy;
    }

    private static void AssertSame(SloEvaluation fresh, SloEvaluation incremental)
    {
        Assert.Equal(fresh.Sparkline, incremental.Sparkline);
        Assert.Equal(fresh.BurnRates, incremental.BurnRates);
        Assert.Equal(fresh.Budget, incremental.Budget);
        Assert.Equal((fresh.State, fresh.Sli, fresh.Coverage), (incremental.State, incremental.Sli, incremental.Coverage));
        Assert.Equal((fresh.ExcludedSeconds, fresh.ExhaustionAt, fresh.LastSeenMinute), (incremental.ExcludedSeconds, incremental.ExhaustionAt, incremental.LastSeenMinute));
    }

    private sealed record Life(SloDefinition Slo, IReadOnlyList<Step> Steps, PlannedMaintenance[] Maintenance);

    /// <summary>Time moves forward; then some minutes, ending a little ahead of or long before now, are measured.</summary>
    private sealed record Step(int Forward, int Back, int Length, long Total, long Bad);
}
