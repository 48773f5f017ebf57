using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Domain.Changes;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Changes.Rollback;

/// <summary>
/// What a service's series measured since a deployment was live. Latencies are its latency series; health checks its ratio series with
/// "health" or "probe" in their name; errors its other ratio series.
/// </summary>
internal sealed class SoakReader(SeriesDirectory directory, StoredHours hours)
{
    /// <param name="service">platform/service.</param>
    public async Task<SoakReading> ReadAsync(string service, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        // Minutes that were up before the deployment was live say nothing of it.
        var first = TimeIndex.MinuteOf(from.ToUnixTimeMilliseconds() + TimeIndex.MillisecondsPerMinute - 1);
        var last = TimeIndex.MinuteOf(to.ToUnixTimeMilliseconds());
        var series = directory.All
            .Where(one => one.Path.StartsWith($"{service}/", StringComparison.Ordinal) && one.Kind is SliKind.Ratio or SliKind.Latency)
            .ToDictionary(one => one.Id);
        var wanted = series.Keys.SelectMany(id => Enumerable.Range(TimeIndex.HourOf(first), TimeIndex.HourOf(last) - TimeIndex.HourOf(first) + 1).Select(hour => (id, hour)));
        var (requests, checks, latency, chunk) = (new Events(), new Events(), new LatencyHistogram(), new HourChunk());
        foreach (var stored in await hours.NamedAsync(wanted, cancellationToken))
        {
            chunk.Load(stored.Data);
            for (var minute = 0; minute < TimeIndex.MinutesPerHour; minute++)
            {
                var at = (stored.Hour * TimeIndex.MinutesPerHour) + minute;
                if (at < first || at > last || !chunk.TryGet(minute, out var cell))
                {
                    continue;
                }

                if (cell.Histogram is { } durations)
                {
                    latency.Merge(durations);
                }

                if (series[stored.SeriesId].Kind == SliKind.Ratio)
                {
                    (IsHealth(series[stored.SeriesId].Path) ? checks : requests).Add(cell);
                }
            }
        }

        return new SoakReading(requests.Failed, requests.Total, latency.Count == 0 ? null : latency.Percentile(99), checks.Failed);
    }

    private static bool IsHealth(string path) =>
        path.Split('/')[^1] is var name && (name.Contains("health", StringComparison.OrdinalIgnoreCase) || name.Contains("probe", StringComparison.OrdinalIgnoreCase));

    private sealed class Events
    {
        private long good;

        public long Total { get; private set; }

        public decimal? Failed => Total == 0 ? null : (decimal)(Total - good) / Total;

        public void Add(in MinuteCell cell)
        {
            good += cell.Good;
            Total += cell.Total;
        }
    }
}
