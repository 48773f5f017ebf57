using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Store;

namespace OpsDashboard.Application.Slos.Maintenance;

/// <summary>Tells which services are worked on at an instant, inside the caller's transaction: their alerts are recorded and page nobody.</summary>
public sealed class MaintenanceNow
{
    private readonly OpsDbContext db;

    internal MaintenanceNow(OpsDbContext db) => this.db = db;

    /// <summary>Windows that run at the instant.</summary>
    /// <param name="atMs">Unix milliseconds; a window holds its start and not its end.</param>
    public async Task<MaintainedServices> AtAsync(long atMs, CancellationToken cancellationToken)
    {
        var rows = await db.Set<MaintenanceRow>().AsNoTracking()
            .Where(row => row.StartMs <= atMs && row.EndMs > atMs)
            .Select(row => new MaintainedServices.Part(row.Id, row.Platform, row.Service, row.EndMs))
            .ToListAsync(cancellationToken);
        return new MaintainedServices(rows);
    }

    /// <summary>Windows that touch [from, to), earliest first; at most 5,000.</summary>
    public async Task<IReadOnlyList<ScheduledWork>> BetweenAsync(long fromMs, long toMs, CancellationToken cancellationToken) =>
        await db.Set<MaintenanceRow>().AsNoTracking()
            .Where(row => row.StartMs < toMs && row.EndMs > fromMs)
            .OrderBy(row => row.StartMs).ThenBy(row => row.Id)
            .Take(5_000)
            .Select(row => new ScheduledWork(row.Id, row.Platform, row.Service, row.StartMs, row.EndMs, row.AnnouncedAtMs, row.VerifyingSinceMs, row.SeriesId != null, row.Reason))
            .ToListAsync(cancellationToken);

    /// <summary>Whether this service, or its whole platform, is worked on at the instant.</summary>
    /// <param name="service">Name within the platform; null asks for a window of the whole platform.</param>
    public async Task<bool> CoversAsync(string platform, string? service, long atMs, CancellationToken cancellationToken) =>
        (await AtAsync(atMs, cancellationToken)).Covers(platform, service);
}

/// <summary>What is worked on at one instant.</summary>
public sealed record MaintainedServices(IReadOnlyList<MaintainedServices.Part> Parts)
{
    /// <param name="Service">Null: the whole platform.</param>
    /// <param name="EndMs">Exclusive, Unix milliseconds.</param>
    public sealed record Part(int WindowId, string Platform, string? Service, long EndMs);

    public bool Covers(string platform, string? service) => Find(platform, service) is not null;

    /// <summary>The window that covers the service, the one that ends last; null when none does.</summary>
    public Part? Find(string platform, string? service) => Parts
        .Where(part => part.Platform == platform && (part.Service is null || part.Service == service))
        .MaxBy(part => part.EndMs);
}

/// <summary>A planned window without what objectives make of it. Instants are Unix milliseconds; the end is exclusive.</summary>
/// <param name="Service">Null: the whole platform.</param>
/// <param name="Recurs">A series wrote it ahead.</param>
public sealed record ScheduledWork(
    int Id,
    string Platform,
    string? Service,
    long StartMs,
    long EndMs,
    long AnnouncedAtMs,
    long? VerifyingSinceMs,
    bool Recurs,
    string Reason);
