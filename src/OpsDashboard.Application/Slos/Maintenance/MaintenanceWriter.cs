using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Store;

namespace OpsDashboard.Application.Slos.Maintenance;

/// <summary>
/// Writes the windows of a series ahead of time, in the caller's transaction. A window counts as announced when it is written, which
/// is when it appears on the status page.
/// </summary>
internal sealed class MaintenanceWriter(OpsDbContext db)
{
    /// <summary>How far ahead windows stand: longer than any notice rule, and what a calendar shows.</summary>
    public const long AheadMs = 60 * Instants.DayMs;

    /// <returns>How many windows were added; they are not saved yet.</returns>
    public async Task<int> WriteAsync(MaintenanceSeriesRow series, long now, CancellationToken cancellationToken)
    {
        var from = Math.Max(series.WrittenThroughMs, now);
        var to = now + AheadMs;
        if (series.EndedAtMs is not null || to <= from)
        {
            return 0;
        }

        var added = 0;
        foreach (var occurrence in series.ReadRule().Between(Instants.ToInstant(from), Instants.ToInstant(to)))
        {
            db.Add(new MaintenanceRow
            {
                Platform = series.Platform,
                Service = series.Service,
                StartMs = occurrence.Start.ToUnixTimeMilliseconds(),
                EndMs = occurrence.End.ToUnixTimeMilliseconds(),
                AnnouncedAtMs = now,
                Reason = series.Reason,
                Author = series.Author,
                SeriesId = series.Id,
            });
            added++;
        }

        series.WrittenThroughMs = to;
        if (added > 0)
        {
            var affected = await AffectedServices.OfAsync(db, series.Platform, series.Service, cancellationToken);
            db.Announce(now, AffectedServices.Notices(series.Platform, affected));
        }

        return added;
    }

    /// <summary>Writes for every series that goes on, and saves.</summary>
    public async Task<int> WriteAllAsync(long now, CancellationToken cancellationToken)
    {
        var due = now + AheadMs - Instants.HourMs;
        var rows = await db.Set<MaintenanceSeriesRow>().Where(row => row.EndedAtMs == null && row.WrittenThroughMs < due).ToListAsync(cancellationToken);
        var added = 0;
        foreach (var row in rows)
        {
            added += await WriteAsync(row, now, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        return added;
    }
}
