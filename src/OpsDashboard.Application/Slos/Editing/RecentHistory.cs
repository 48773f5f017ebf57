using Microsoft.Extensions.Caching.Memory;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Slos.Editing;

/// <summary>
/// The stored hours of the series someone is trying changes on. While a person types, the same year of history is judged again
/// and again; it need not be read each time, nor be fresher than a minute. Durations are counted against their limit once and
/// kept as events, since judging a histogram costs fifty times as much as judging its two counts.
/// </summary>
internal sealed class RecentHistory(StoredHours stored) : IDisposable
{
    private const long MaxBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(60);

    private readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = MaxBytes });

    /// <summary>The hours [from, now] of a series as an objective counts them; what was read up to a minute ago will do.</summary>
    public async Task<CountedHistory> OfAsync(SloDefinition slo, int seriesId, int fromHour, int nowHour, CancellationToken cancellationToken)
    {
        var key = (seriesId, slo.Kind == SliKind.Latency ? slo.Threshold : null);
        if (known.TryGetValue(key, out CountedHistory? found) && found!.FromHour <= fromHour && found.NowHour == nowHour)
        {
            return found;
        }

        var hours = new byte[]?[nowHour - fromHour + 1];
        var bytes = 8L * hours.Length;
        var chunk = new HourChunk();
        await foreach (var hour in stored.OfSeriesAsync(seriesId, fromHour, nowHour + 1, cancellationToken))
        {
            var data = slo.Kind == SliKind.Latency ? Counted(slo, chunk, hour.Data) : hour.Data;
            hours[hour.Hour - fromHour] = data;
            bytes += data.Length;
        }

        var first = await stored.FirstOfSeriesAsync(seriesId, cancellationToken);
        var read = new CountedHistory(fromHour, nowHour, hours, first * TimeIndex.MinutesPerHour);
        return known.Set(key, read, new MemoryCacheEntryOptions { Size = bytes, AbsoluteExpirationRelativeToNow = FreshFor });
    }

    public void Dispose() => known.Dispose();

    /// <summary>The same hour with what was under the limit as good events.</summary>
    private static byte[] Counted(SloDefinition slo, HourChunk chunk, byte[] data)
    {
        var counting = slo with { Budgeting = BudgetingMethod.Occurrences, TimeSliceTarget = null };
        chunk.Load(data);
        var counted = new HourChunk();
        var whole = chunk.IsCondensed ? MinuteOutcome.OfHour(counting, chunk) : default;
        for (var rest = chunk.Seen; rest != 0; rest &= rest - 1)
        {
            var minute = System.Numerics.BitOperations.TrailingZeroCount(rest);
            var tally = chunk.IsCondensed ? whole : MinuteOutcome.OfMinute(counting, chunk, minute);
            counted.Merge(minute, MinuteCell.OfEvents(tally.Good, tally.Total));
            whole = default;
        }

        if (chunk.IsCondensed)
        {
            counted.Condense();
        }

        return counted.Encode();
    }
}

/// <param name="FirstMinute">First minute of the oldest hour stored at all; null where nothing was ever measured.</param>
internal sealed record CountedHistory(int FromHour, int NowHour, byte[]?[] Hours, int? FirstMinute)
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

    /// <summary>The objective as it reads this history: durations are good or bad events already.</summary>
    public static SloDefinition Reading(SloDefinition slo) =>
        slo.Kind == SliKind.Latency ? slo with { Kind = SliKind.Ratio, Threshold = null } : slo;
}
