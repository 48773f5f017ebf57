using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Telemetry;

/// <summary>One stored hour of one series, still packed.</summary>
public sealed record StoredHour(int SeriesId, int Hour, byte[] Data);

/// <summary>Reads of stored hours for the features that judge them; streamed and untracked.</summary>
public sealed class StoredHours(IServiceScopeFactory scopes)
{
    private const int PageSize = 400;

    /// <summary>All series, hour by hour, [from, to).</summary>
    public IAsyncEnumerable<StoredHour> OfAllSeriesAsync(int fromHour, int toHour, CancellationToken cancellationToken)
    {
        var (from, to) = (ChunkKey.Of(1, fromHour) - 1, ChunkKey.Of(1, toHour) - 1);
        return StreamAsync(rows => rows.Where(row => row.Id >= from && row.Id < to).OrderBy(row => row.Id), cancellationToken);
    }

    /// <summary>One series, [from, to).</summary>
    public IAsyncEnumerable<StoredHour> OfSeriesAsync(int seriesId, int fromHour, int toHour, CancellationToken cancellationToken) =>
        StreamAsync(
            rows => rows.Where(row => row.SeriesId == seriesId && row.Hour >= fromHour && row.Hour < toHour).OrderBy(row => row.Hour),
            cancellationToken);

    /// <summary>The oldest hour of a series that is still stored; null where nothing was ever measured.</summary>
    public async Task<int?> FirstOfSeriesAsync(int seriesId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<HourChunkRow>()
            .Where(row => row.SeriesId == seriesId)
            .MinAsync(row => (int?)row.Hour, cancellationToken);
    }

    /// <summary>Those of the series that have any telemetry, however old.</summary>
    public async Task<IReadOnlySet<int>> WithDataAsync(IReadOnlyCollection<int> seriesIds, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var found = new HashSet<int>();
        foreach (var seriesId in seriesIds)
        {
            if (await db.Set<HourChunkRow>().AnyAsync(row => row.SeriesId == seriesId, cancellationToken)
                || await db.Set<DayRow>().AnyAsync(row => row.SeriesId == seriesId, cancellationToken))
            {
                found.Add(seriesId);
            }
        }

        return found;
    }

    /// <summary>Those of the series that have an hour in [from, to).</summary>
    public async Task<IReadOnlySet<int>> WithDataInAsync(IEnumerable<int> seriesIds, int fromHour, int toHour, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<HourChunkRow>();
        var found = new HashSet<int>();
        foreach (var seriesId in seriesIds.Distinct())
        {
            if (await rows.AnyAsync(row => row.SeriesId == seriesId && row.Hour >= fromHour && row.Hour < toHour, cancellationToken))
            {
                found.Add(seriesId);
            }
        }

        return found;
    }

    /// <summary>The named hours, as far as they exist.</summary>
    public async Task<IReadOnlyList<StoredHour>> NamedAsync(IEnumerable<(int SeriesId, int Hour)> hours, CancellationToken cancellationToken)
    {
        var found = new List<StoredHour>();
        foreach (var page in hours.Select(hour => ChunkKey.Of(hour.SeriesId, hour.Hour)).Order().Chunk(PageSize))
        {
            await foreach (var stored in StreamAsync(rows => rows.Where(row => page.Contains(row.Id)), cancellationToken))
            {
                found.Add(stored);
            }
        }

        return found;
    }

    private async IAsyncEnumerable<StoredHour> StreamAsync(
        Func<IQueryable<HourChunkRow>, IQueryable<HourChunkRow>> choose,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = choose(scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<HourChunkRow>().AsNoTracking())
            .Select(row => new StoredHour(row.SeriesId, row.Hour, row.Data));
        await foreach (var stored in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return stored;
        }
    }
}
