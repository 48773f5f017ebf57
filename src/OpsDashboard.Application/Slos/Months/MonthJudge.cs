using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Slos.Evaluation;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Slos.Months;

/// <summary>Judges objectives over a calendar month in one pass over its stored hours.</summary>
internal sealed class MonthJudge(StoredHours hours)
{
    public sealed record Judged(Objective Objective, Revision Revision, SloEvaluation Evaluation);

    /// <param name="nowMs">A month still running is judged up to here.</param>
    public async Task<IReadOnlyList<Judged>> JudgeAsync(
        IReadOnlyList<Objective> objectives,
        YearMonth month,
        long nowMs,
        CancellationToken cancellationToken)
    {
        var endMs = Math.Min(nowMs, month.End.ToUnixTimeMilliseconds() - 1);
        var minute = TimeIndex.MinuteOf(endMs);
        var entries = objectives.Select(objective => new Entry(objective, objective.InForceAt(endMs), minute)).ToList();
        var readers = entries.ToLookup(entry => entry.Objective.SeriesId);
        var chunk = new HourChunk();
        var first = TimeIndex.HourOf(TimeIndex.MinuteOf(month.Start.ToUnixTimeMilliseconds()));
        await foreach (var stored in hours.OfAllSeriesAsync(first, TimeIndex.HourOf(minute) + 1, cancellationToken))
        {
            if (readers.Contains(stored.SeriesId))
            {
                chunk.Load(stored.Data);
                foreach (var entry in readers[stored.SeriesId])
                {
                    entry.Tracker.Apply(stored.Hour, chunk);
                }
            }
        }

        await SupplyAsync(entries, minute, chunk, cancellationToken);
        return entries.ConvertAll(entry => new Judged(
            entry.Objective,
            entry.Revision,
            entry.Tracker.Evaluate(minute, entry.Objective.Maintenance)));
    }

    private async Task SupplyAsync(List<Entry> entries, int minute, HourChunk chunk, CancellationToken cancellationToken)
    {
        var missing = entries
            .SelectMany(entry => entry.Tracker.MissingHours(minute, entry.Objective.Maintenance).Select(hour => (Entry: entry, Hour: hour)))
            .ToLookup(ask => (ask.Entry.Objective.SeriesId, ask.Hour), ask => ask.Entry);
        foreach (var stored in await hours.NamedAsync(missing.Select(ask => ask.Key), cancellationToken))
        {
            chunk.Load(stored.Data);
            foreach (var entry in missing[(stored.SeriesId, stored.Hour)])
            {
                entry.Tracker.Supply(stored.Hour, chunk);
            }
        }
    }

    private sealed class Entry(Objective objective, Revision revision, int minute)
    {
        public Objective Objective { get; } = objective;

        public Revision Revision { get; } = revision;

        public SloTracker Tracker { get; } = new(revision.Definition with { Window = SloWindow.CalendarMonth }, minute);
    }
}
