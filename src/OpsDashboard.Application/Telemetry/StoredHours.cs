using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Telemetry;

/// <summary>One stored hour of one series, still packed.</summary>
internal sealed record StoredHour(int SeriesId, int Hour, byte[] Data);

/// <summary>Reads of stored hours, streamed and untracked.</summary>
internal static class StoredHours
{
    private const int PageSize = 400;

    /// <summary>All series, hour by hour, [from, to).</summary>
    public static IAsyncEnumerable<StoredHour> OfAllSeries(this OpsDbContext db, int fromHour, int toHour)
    {
        var (from, to) = (ChunkKey.Of(1, fromHour) - 1, ChunkKey.Of(1, toHour) - 1);
        return db.Set<HourChunkRow>().AsNoTracking()
            .Where(row => row.Id >= from && row.Id < to)
            .OrderBy(row => row.Id)
            .Select(row => new StoredHour(row.SeriesId, row.Hour, row.Data))
            .AsAsyncEnumerable();
    }

    /// <summary>One series, [from, to).</summary>
    public static IAsyncEnumerable<StoredHour> OfSeries(this OpsDbContext db, int seriesId, int fromHour, int toHour) =>
        db.Set<HourChunkRow>().AsNoTracking()
            .Where(row => row.SeriesId == seriesId && row.Hour >= fromHour && row.Hour < toHour)
            .OrderBy(row => row.Hour)
            .Select(row => new StoredHour(row.SeriesId, row.Hour, row.Data))
            .AsAsyncEnumerable();

    /// <summary>The named hours, as far as they exist.</summary>
    public static async Task<List<StoredHour>> NamedAsync(
        this OpsDbContext db,
        IEnumerable<(int SeriesId, int Hour)> hours,
        CancellationToken cancellationToken)
    {
        var found = new List<StoredHour>();
        foreach (var page in hours.Select(hour => ChunkKey.Of(hour.SeriesId, hour.Hour)).Order().Chunk(PageSize))
        {
            found.AddRange(await db.Set<HourChunkRow>().AsNoTracking()
                .Where(row => page.Contains(row.Id))
                .Select(row => new StoredHour(row.SeriesId, row.Hour, row.Data))
                .ToListAsync(cancellationToken));
        }

        return found;
    }
}
