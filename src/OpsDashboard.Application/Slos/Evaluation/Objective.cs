using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Slos.Evaluation;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Slos.Evaluation;

/// <summary>One version of an objective, in force from an instant on.</summary>
internal sealed record Revision(int Version, long EffectiveFromMs, SloDefinition Definition);

/// <summary>An objective as the evaluator keeps it in memory.</summary>
internal sealed class Objective(int sloId, int seriesId, IReadOnlyList<Revision> revisions)
{
    public int SloId { get; } = sloId;

    public int SeriesId { get; } = seriesId;

    public string Path => revisions[0].Definition.Id;

    public Revision Current { get; private set; } = revisions[0];

    public SloTracker Tracker { get; private set; } = null!;

    /// <summary>Minute for which the tracker was last asked which old hours it misses.</summary>
    public int SuppliedMinute { get; set; }

    public IReadOnlyList<PlannedMaintenance> Maintenance { get; private set; } = [];

    /// <summary>Rows of alerts that fire now, by rule.</summary>
    public Dictionary<string, long> OpenAlerts { get; } = new(StringComparer.Ordinal);

    /// <summary>The newest revision in force at an instant; the first where none was yet.</summary>
    public Revision InForceAt(long instantMs)
    {
        var found = revisions[0];
        foreach (var revision in revisions)
        {
            found = revision.EffectiveFromMs <= instantMs ? revision : found;
        }

        return found;
    }

    /// <summary>Whether another version than the tracker's is in force, or the tracker cannot reach back to the minute.</summary>
    public bool NeedsNewTracker(long nowMs) =>
        Tracker is null || InForceAt(nowMs) != Current || !Tracker.Covers(TimeIndex.MinuteOf(nowMs));

    /// <summary>Keeps of all planned windows those of the objective's platform or service.</summary>
    public void TakeMaintenance(IEnumerable<MaintenanceRow> windows)
    {
        var slo = Current.Definition;
        Maintenance =
        [
            .. windows
                .Where(row => row.Platform == slo.Platform && (row.Service is null || row.Service == slo.Service))
                .Select(row => new PlannedMaintenance(row.StartMs, row.EndMs, row.AnnouncedAtMs)),
        ];
        SuppliedMinute = 0;
    }

    /// <summary>A tracker for the version in force; it knows nothing yet.</summary>
    public void Reset(long nowMs, int? firstMeasuredMinute)
    {
        Current = InForceAt(nowMs);
        Tracker = new SloTracker(Current.Definition, TimeIndex.MinuteOf(nowMs), firstMeasuredMinute);
        SuppliedMinute = 0;
    }
}
