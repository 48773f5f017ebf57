using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Store;

namespace OpsDashboard.Application.Slos.History;

/// <summary>A window as its author recorded it, perhaps after the fact.</summary>
/// <param name="Service">Null: the whole platform.</param>
public sealed record RecordedMaintenance(
    string Platform,
    string? Service,
    DateTimeOffset Start,
    DateTimeOffset End,
    DateTimeOffset AnnouncedAt,
    string Reason);

/// <summary>Planned windows that come with a history, in the caller's transaction; people plan theirs by request.</summary>
public sealed class MaintenanceRecord
{
    private readonly OpsDbContext db;

    internal MaintenanceRecord(OpsDbContext db) => this.db = db;

    /// <summary>Replaces all windows of this author.</summary>
    public async Task ReplaceAsync(string author, IReadOnlyList<RecordedMaintenance> windows, long nowMs, CancellationToken cancellationToken)
    {
        await db.Set<MaintenanceRow>().Where(row => row.Author == author).ExecuteDeleteAsync(cancellationToken);
        db.AddRange(windows.Select(window => new MaintenanceRow
        {
            Platform = window.Platform,
            Service = window.Service,
            StartMs = window.Start.ToUnixTimeMilliseconds(),
            EndMs = window.End.ToUnixTimeMilliseconds(),
            AnnouncedAtMs = window.AnnouncedAt.ToUnixTimeMilliseconds(),
            Reason = window.Reason,
            Author = author,
        }));
        db.Announce(nowMs, ("maintenance", "all"));
        await db.SaveChangesAsync(cancellationToken);
    }
}
