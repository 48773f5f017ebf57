using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;

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

/// <summary>Work that recurs, as its author recorded it.</summary>
/// <param name="Service">Null: the whole platform.</param>
/// <param name="WrittenThrough">Windows up to here are recorded apart.</param>
public sealed record RecordedSeries(string Platform, string? Service, MaintenanceRecurrence Rule, string Reason, DateTimeOffset WrittenThrough);

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

    /// <summary>Replaces all series of this author, and the windows they wrote.</summary>
    public async Task ReplaceSeriesAsync(string author, IReadOnlyList<RecordedSeries> series, long nowMs, CancellationToken cancellationToken)
    {
        await db.Set<MaintenanceRow>().Where(row => row.Author == author && row.SeriesId != null).ExecuteDeleteAsync(cancellationToken);
        await db.Set<MaintenanceSeriesRow>().Where(row => row.Author == author).ExecuteDeleteAsync(cancellationToken);
        db.AddRange(series.Select(one => new MaintenanceSeriesRow
        {
            Platform = one.Platform,
            Service = one.Service,
            Rule = JsonSerializer.Serialize(one.Rule, StoreJson.Options),
            Reason = one.Reason,
            Author = author,
            CreatedAtMs = nowMs,
            WrittenThroughMs = one.WrittenThrough.ToUnixTimeMilliseconds(),
        }));
        db.Announce(nowMs, ("maintenance", "all"));
        await db.SaveChangesAsync(cancellationToken);
    }
}
