using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Incidents;

/// <summary>An incident as the public may see it: only what was posted to the status page.</summary>
/// <param name="Services">Each with what its users miss; a path without a slash is the whole platform.</param>
/// <param name="Updates">Newest first.</param>
/// <param name="ResolvedAt">When the public was told that it is over; until then null.</param>
public sealed record PublicIncident(
    long Id,
    string Title,
    string Platform,
    PublicStatus Status,
    IReadOnlyList<AffectedService> Services,
    IReadOnlyList<PublicUpdate> Updates,
    DateTimeOffset StartedAt,
    DateTimeOffset? ResolvedAt);

/// <param name="Text">Markdown.</param>
public sealed record PublicUpdate(long Id, string Text, PublicStatus Status, DateTimeOffset At);

/// <summary>Incidents with at least one update for the status page.</summary>
public sealed class PublicIncidents
{
    /// <summary>Most incidents in one answer.</summary>
    public const int Most = 500;

    private readonly OpsDbContext db;

    internal PublicIncidents(OpsDbContext db) => this.db = db;

    /// <summary>Those whose end the public was not told yet.</summary>
    public Task<IReadOnlyList<PublicIncident>> ListOpenAsync(string? platform, CancellationToken cancellationToken) =>
        ReadAsync(db.Set<IncidentRow>().Where(row => row.PublicStatus != null && row.PublicStatus != PublicStatus.Resolved && row.MergedIntoId == null), platform, cancellationToken);

    /// <summary>Those that touch [from, to), newest first.</summary>
    public Task<IReadOnlyList<PublicIncident>> ListAsync(string? platform, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (since, until) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        return ReadAsync(
            db.Set<IncidentRow>().Where(row => row.PublicStatus != null && row.StartedAtMs < until && (row.ResolvedAtMs == null || row.ResolvedAtMs >= since)),
            platform,
            cancellationToken);
    }

    public async Task<PublicIncident?> FindAsync(long id, CancellationToken cancellationToken) =>
        // Without a query where the transaction works on it: few incidents of a burst are public.
        await db.FindAsync<IncidentRow>([id], cancellationToken) is { PublicStatus: null } ? null : (await ReadAsync(db.Set<IncidentRow>().Where(row => row.Id == id && row.PublicStatus != null), null, cancellationToken)).SingleOrDefault();

    private async Task<IReadOnlyList<PublicIncident>> ReadAsync(IQueryable<IncidentRow> incidents, string? platform, CancellationToken cancellationToken)
    {
        var rows = await incidents.AsNoTracking().AsSplitQuery()
            .Where(row => platform == null || row.Platform == platform)
            .OrderByDescending(row => row.StartedAtMs).ThenByDescending(row => row.Id)
            .Take(Most)
            .Include(row => row.Services)
            .ToListAsync(cancellationToken);
        var ids = rows.ConvertAll(row => row.Id);
        var updates = (await db.Set<IncidentUpdateRow>().AsNoTracking()
            .Where(update => ids.Contains(update.IncidentId) && update.ToStatusPage)
            .OrderByDescending(update => update.AtMs).ThenByDescending(update => update.Id)
            .ToListAsync(cancellationToken)).ToLookup(update => update.IncidentId);
        return [.. rows.Select(row => Read(row, updates[row.Id]))];
    }

    private static PublicIncident Read(IncidentRow row, IEnumerable<IncidentUpdateRow> updates)
    {
        var told = updates.Select(update => new PublicUpdate(update.Id, update.Text, update.Status, Instants.ToInstant(update.AtMs))).ToList();
        return new(
            row.Id,
            row.PublicTitle ?? row.Title,
            row.Platform,
            row.PublicStatus!.Value,
            [.. row.Services.OrderBy(service => service.Path, StringComparer.Ordinal).Select(service => new AffectedService(service.Path, service.Impact))],
            told,
            Instants.ToInstant(row.StartedAtMs),
            row.PublicStatus == PublicStatus.Resolved ? told.FirstOrDefault(update => update.Status == PublicStatus.Resolved)?.At : null);
    }
}
