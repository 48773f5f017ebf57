using Microsoft.Extensions.Caching.Memory;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Slos.Editing;

/// <summary>
/// The stored hours of the series someone is trying changes on. While a person types, the same year of history is judged again
/// and again; it need not be read each time, nor be fresher than a minute.
/// </summary>
internal sealed class RecentHistory(StoredHours stored) : IDisposable
{
    private const long MaxBytes = 128 * 1024 * 1024;
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(60);

    private readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = MaxBytes });

    /// <summary>The hours [from, now] of a series; what was read up to a minute ago will do.</summary>
    public async Task<StoredHistory> OfAsync(int seriesId, int fromHour, int nowHour, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(seriesId, out StoredHistory? found) && found!.FromHour <= fromHour && found.NowHour == nowHour)
        {
            return found;
        }

        var hours = new byte[]?[nowHour - fromHour + 1];
        var bytes = 8L * hours.Length;
        await foreach (var hour in stored.OfSeriesAsync(seriesId, fromHour, nowHour + 1, cancellationToken))
        {
            hours[hour.Hour - fromHour] = hour.Data;
            bytes += hour.Data.Length;
        }

        var first = await stored.FirstOfSeriesAsync(seriesId, cancellationToken);
        var read = new StoredHistory(fromHour, nowHour, hours, first * TimeIndex.MinutesPerHour);
        return known.Set(seriesId, read, new MemoryCacheEntryOptions { Size = bytes, AbsoluteExpirationRelativeToNow = FreshFor });
    }

    public void Dispose() => known.Dispose();
}

/// <param name="FirstMinute">First minute of the oldest hour stored at all; null where nothing was ever measured.</param>
internal sealed record StoredHistory(int FromHour, int NowHour, byte[]?[] Hours, int? FirstMinute)
{
    /// <summary>Decodes hour after hour into one chunk; null where nothing is stored.</summary>
    public Func<int, HourChunk?> Reader()
    {
        var chunk = new HourChunk();
        return hour =>
        {
            if (hour < FromHour || hour > NowHour || Hours[hour - FromHour] is not { } data)
            {
                return null;
            }

            chunk.Load(data);
            return chunk;
        };
    }
}
