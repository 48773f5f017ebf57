using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Incidents;

/// <summary>When an incident was, and what it touched; nothing of who was affected or what was said inside.</summary>
/// <param name="Name">#incident-YYYY-MM-DD-XXX.</param>
/// <param name="PublicTitle">What the status page calls it; null where the public was told nothing.</param>
/// <param name="EndMs">Null: still open.</param>
/// <param name="Services">platform/service, or the platform alone.</param>
public sealed record IncidentSpan(long Id, string Name, string? PublicTitle, long StartMs, long? EndMs, IReadOnlyList<string> Services, IReadOnlyList<string> Slos)
{
    /// <param name="service">platform/service.</param>
    public bool Touches(string service, string slo) =>
        Slos.Contains(slo, StringComparer.Ordinal) || Services.Any(path => path == service || service.StartsWith($"{path}/", StringComparison.Ordinal));

    public bool Overlaps(long fromMs, long toMs) => StartMs < toMs && (EndMs ?? long.MaxValue) > fromMs;
}

/// <summary>Incidents by the time they took, for who must say which one a span belongs to.</summary>
public sealed class IncidentSpans
{
    private readonly OpsDbContext db;

    internal IncidentSpans(OpsDbContext db) => this.db = db;

    /// <summary>Those that touch [from, to), oldest first; what was merged into another is told by that one.</summary>
    public async Task<IReadOnlyList<IncidentSpan>> InAsync(long fromMs, long toMs, CancellationToken cancellationToken)
    {
        var rows = await db.Set<IncidentRow>().AsNoTracking().AsSplitQuery()
            .Where(row => row.MergedIntoId == null && row.StartedAtMs < toMs && (row.ResolvedAtMs == null || row.ResolvedAtMs > fromMs))
            .OrderBy(row => row.StartedAtMs).ThenBy(row => row.Id)
            .Include(row => row.Services)
            .Include(row => row.Slos)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new IncidentSpan(
            row.Id,
            row.Name,
            row.PublicStatus is null ? null : row.PublicTitle ?? row.Title,
            row.StartedAtMs,
            row.ResolvedAtMs,
            [.. row.Services.Select(service => service.Path)],
            [.. row.Slos.Select(slo => slo.Slo)]));
    }
}
