using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Dashboards.Development;

/// <summary>
/// Sums stored hours into trends. Whole hours do not change but by late samples, so what one reader counted serves all for a
/// few minutes.
/// </summary>
internal sealed class TrendReader(StoredHours hours, TimeProvider time)
{
    private const int Points = 30;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Dictionary<int, (int To, long CountedAt, IReadOnlyList<ServiceTrend> Trends)> kept = [];

    public async Task<IReadOnlyList<ServiceTrend>> ReadAsync(
        IReadOnlyCollection<Series> series,
        int fromHour,
        int toHour,
        CancellationToken cancellationToken)
    {
        var span = toHour - fromHour;
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!kept.TryGetValue(span, out var known) || known.To != toHour || time.GetElapsedTime(known.CountedAt) > Fresh)
            {
                known = (toHour, time.GetTimestamp(), await CountAsync(series, fromHour, toHour, cancellationToken));
                kept[span] = known;
            }

            return known.Trends;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<IReadOnlyList<ServiceTrend>> CountAsync(
        IReadOnlyCollection<Series> series,
        int fromHour,
        int toHour,
        CancellationToken cancellationToken)
    {
        var sums = series
            .Where(one => one.Kind is SliKind.Latency or SliKind.Ratio)
            .ToDictionary(one => one.Id, one => new SeriesSums(one.Kind, fromHour, toHour));
        var chunk = new HourChunk();
        await foreach (var stored in hours.OfAllSeriesAsync(fromHour - (toHour - fromHour), toHour, cancellationToken))
        {
            if (sums.TryGetValue(stored.SeriesId, out var sum))
            {
                chunk.Load(stored.Data);
                sum.Add(stored.Hour, chunk.Sum());
            }
        }

        return [.. series
            .Where(one => sums.ContainsKey(one.Id))
            .GroupBy(one => one.Path[..one.Path.LastIndexOf('/')], StringComparer.Ordinal)
            .OrderBy(service => service.Key, StringComparer.Ordinal)
            .Select(service => Trend(service.Key, [.. service.Select(one => sums[one.Id])]))];
    }

    private static ServiceTrend Trend(string path, List<SeriesSums> sums)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var latency = sums.Where(sum => sum.Kind == SliKind.Latency).ToList();
        var errors = sums.Where(sum => sum.Kind == SliKind.Ratio).ToList();
        return new ServiceTrend(
            path[..slash],
            path[(slash + 1)..],
            latency.Count == 0 ? null : SeriesSums.Latency(latency),
            errors.Count == 0 ? null : SeriesSums.Errors(errors));
    }

    /// <summary>One series over the span, the span before it, and 30 parts of the span.</summary>
    private sealed class SeriesSums(SliKind kind, int fromHour, int toHour)
    {
        private readonly LatencyHistogram now = new();
        private readonly LatencyHistogram before = new();
        private readonly LatencyHistogram[] parts = [.. Enumerable.Range(0, Points).Select(_ => new LatencyHistogram())];
        private readonly (long Good, long Total)[] partEvents = new (long Good, long Total)[Points];
        private (long Good, long Total) eventsNow;
        private (long Good, long Total) eventsBefore;

        public SliKind Kind => kind;

        public static LatencyTrend Latency(IReadOnlyList<SeriesSums> sums) => new(
            Percentiles(Merged(sums.Select(sum => sum.now))),
            Percentiles(Merged(sums.Select(sum => sum.before))),
            [.. Enumerable.Range(0, Points).Select(part => Merged(sums.Select(sum => sum.parts[part])).Percentile(95))]);

        public static ErrorTrend Errors(IReadOnlyList<SeriesSums> sums)
        {
            var now = Total(sums.Select(sum => sum.eventsNow));
            return new ErrorTrend(
                Failed(now),
                Failed(Total(sums.Select(sum => sum.eventsBefore))),
                now.Total,
                now.Total - now.Good,
                [.. Enumerable.Range(0, Points).Select(part => Failed(Total(sums.Select(sum => sum.partEvents[part]))))]);
        }

        public void Add(int hour, in MinuteCell cell)
        {
            if (hour < fromHour)
            {
                AddTo(before, cell);
                eventsBefore = (eventsBefore.Good + cell.Good, eventsBefore.Total + cell.Total);
                return;
            }

            var part = (int)((long)(hour - fromHour) * Points / (toHour - fromHour));
            AddTo(now, cell);
            AddTo(parts[part], cell);
            eventsNow = (eventsNow.Good + cell.Good, eventsNow.Total + cell.Total);
            partEvents[part] = (partEvents[part].Good + cell.Good, partEvents[part].Total + cell.Total);
        }

        private static void AddTo(LatencyHistogram sum, in MinuteCell cell)
        {
            if (cell.Histogram is { } histogram)
            {
                sum.Merge(histogram);
            }
        }

        private static LatencyHistogram Merged(IEnumerable<LatencyHistogram> histograms)
        {
            var merged = new LatencyHistogram();
            foreach (var histogram in histograms)
            {
                merged.Merge(histogram);
            }

            return merged;
        }

        private static Percentiles Percentiles(LatencyHistogram histogram) =>
            new(histogram.Percentile(50), histogram.Percentile(95), histogram.Percentile(99), histogram.Count);

        private static (long Good, long Total) Total(IEnumerable<(long Good, long Total)> events) =>
            events.Aggregate((sum, next) => (sum.Good + next.Good, sum.Total + next.Total));

        private static decimal? Failed((long Good, long Total) events) =>
            events.Total == 0 ? null : (decimal)(events.Total - events.Good) / events.Total;
    }
}
