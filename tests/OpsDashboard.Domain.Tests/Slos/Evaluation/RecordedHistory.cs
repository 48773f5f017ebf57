using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Slos.Evaluation;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Tests.Slos.Evaluation;

/// <summary>All that was ever measured, and the plainest possible judgement of it: minute by minute, from scratch.</summary>
internal sealed class RecordedHistory
{
    private readonly Dictionary<int, HourChunk> hours = [];

    public IReadOnlyDictionary<int, HourChunk> Hours => hours;

    /// <summary>The first and the latest minute that reported.</summary>
    public (int First, int Last)? Reported { get; private set; }

    /// <returns>The hour, as a store would hand it out.</returns>
    public HourChunk Measure(int minute, in MinuteCell cell)
    {
        Record(minute, cell);
        return Hour(TimeIndex.HourOf(minute));
    }

    public void Record(int minute, in MinuteCell cell)
    {
        var hour = TimeIndex.HourOf(minute);
        if (!hours.TryGetValue(hour, out var chunk))
        {
            hours[hour] = chunk = new HourChunk();
        }

        chunk.Merge(TimeIndex.MinuteOfHour(minute), cell);
        Reported = Reported is { } r ? (Math.Min(r.First, minute), Math.Max(r.Last, minute)) : (minute, minute);
    }

    public HourChunk Hour(int hour) => hours.TryGetValue(hour, out var chunk) ? HourChunk.Decode(chunk.Encode()) : new HourChunk();

    public SloTracker NewTracker(SloDefinition slo, int minute)
    {
        var tracker = new SloTracker(slo, minute, Reported?.First);
        for (var hour = tracker.FirstHourNeeded; hour <= TimeIndex.HourOf(minute) + 1; hour++)
        {
            tracker.Apply(hour, Hour(hour));
        }

        return tracker;
    }

    public SloEvaluation Evaluate(SloTracker tracker, int minute, params PlannedMaintenance[] maintenance)
    {
        foreach (var hour in tracker.MissingHours(minute, maintenance))
        {
            tracker.Supply(hour, Hour(hour));
        }

        return tracker.Evaluate(minute, maintenance);
    }

    public SloTally Minute(SloDefinition slo, int minute) =>
        hours.TryGetValue(TimeIndex.HourOf(minute), out var chunk) && chunk.TryGet(TimeIndex.MinuteOfHour(minute), out var cell)
            ? MinuteOutcome.Of(slo, cell)
            : default;

    /// <summary>Every minute of [from, to), after maintenance; what was removed is null.</summary>
    public IEnumerable<SloTally?> Minutes(SloDefinition slo, int from, int to, int now, PlannedMaintenance[] maintenance)
    {
        var plan = ExclusionPlan.Of(slo.Maintenance, maintenance, new WindowSpan(from, to));
        for (var minute = Math.Max(from, Reported?.First ?? to); minute < to; minute++)
        {
            var measured = Minute(slo, minute);
            var timed = slo.Budgeting != BudgetingMethod.Occurrences;
            var slice = slo.Budgeting == BudgetingMethod.Timeslices ? 1 : SloUnits.RatioUnit;
            if (plan.Forgiven.Any(s => s.Start <= minute && minute < s.End))
            {
                yield return slo.Maintenance!.Mode == ExclusionMode.Removed ? null
                    : timed ? new SloTally(slice, slice, 1, 0) : new SloTally(measured.Total, measured.Total, 1, 0);
            }
            else if (timed && minute < now && measured.SeenMinutes == 0 && plan.Unforgiven.Any(s => s.Start <= minute && minute < s.End))
            {
                yield return new SloTally(0, slice, 1, 60_000);
            }
            else
            {
                yield return measured;
            }
        }
    }

    public SloTally Sum(SloDefinition slo, int from, int to, int now, PlannedMaintenance[] maintenance) =>
        Minutes(slo, from, to, now, maintenance).Aggregate(default(SloTally), (sum, minute) => sum + (minute ?? default));
}
