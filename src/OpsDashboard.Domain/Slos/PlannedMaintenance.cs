namespace OpsDashboard.Domain.Slos;

/// <summary>Work that was announced: [Start, End), with when it was announced; all Unix milliseconds.</summary>
public sealed record PlannedMaintenance(long Start, long End, long AnnouncedAt);
