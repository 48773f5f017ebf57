using System.Globalization;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>One minute as a source told it.</summary>
/// <param name="Minute">Unix minutes.</param>
internal readonly record struct PolledMinute(int Minute, MinuteCell Cell);

/// <param name="Objection">What was left out because it cannot be; null when all was sound.</param>
internal sealed record PolledSpan(IReadOnlyList<PolledMinute> Minutes, string? Objection);

/// <summary>Reads the minutes of one SLI from a source. A minute that cannot be right is left out and told, never guessed.</summary>
/// <remarks>
/// Counts are rounded to whole events half away from zero, good and total alike, so good never exceeds total by rounding. A minute
/// whose total is missing has no data. Where total was counted and good or bad is missing, none were: no series, no events. A stored
/// ratio has no counts: each minute weighs the same, as a million parts.
/// </remarks>
internal static class SliQuery
{
    private const decimal RatioParts = 1_000_000m;

    public static Task<PolledSpan> ReadAsync(PrometheusClient client, SliDefinition sli, int from, int to, CancellationToken cancellationToken)
    {
        var source = (SliSource.Prometheus)sli.Source;
        return (sli.Kind, source) switch
        {
            (SliKind.Ratio or SliKind.Job, { Raw: not null }) => RatiosAsync(client, source, from, to, cancellationToken),
            (SliKind.Ratio or SliKind.Job, { Total: not null }) when source.Good is not null || source.Bad is not null =>
                CountsAsync(client, source, from, to, cancellationToken),
            (SliKind.Value or SliKind.Freshness, { Raw: not null }) => GaugeAsync(client, source.Raw, from, to, cancellationToken),
            (SliKind.Latency, { Raw: not null }) => BucketsAsync(client, source, source.BoundsInMs ? 1m : 1000m, from, to, cancellationToken),
            _ => throw new SourceFaultException(
                "The definition lacks a query: good or bad with total for events, raw for a ratio, a gauge or the buckets of a histogram.",
                mayPass: false),
        };
    }

    private static async Task<PolledSpan> CountsAsync(PrometheusClient client, SliSource.Prometheus source, int from, int to, CancellationToken cancellationToken)
    {
        var totals = One(await client.QueryAsync(PerMinute(client, source, source.Total!), from, to, cancellationToken), from, to, "total");
        var partName = source.Good is null ? "bad" : "good";
        var parts = One(await client.QueryAsync(PerMinute(client, source, source.Good ?? source.Bad!), from, to, cancellationToken), from, to, partName);
        var span = new SpanBuilder(from);
        for (var i = 0; i < totals.Length; i++)
        {
            if (totals[i] is not { } total)
            {
                if (parts[i] is > 0)
                {
                    span.Object(i, $"{partName} is counted where total is not");
                }

                continue;
            }

            var part = parts[i] ?? 0;
            if (!IsCount(total) || !IsCount(part))
            {
                span.Object(i, $"{Show(part)} of {Show(total)} is no count");
            }
            else if (part > (total * 1.001) + 1)
            {
                span.Object(i, $"{partName} ({Show(part)}) exceeds total ({Show(total)})");
            }
            else
            {
                var whole = Whole(total);
                var some = Math.Min(Whole(part), whole);
                span.Add(i, MinuteCell.OfEvents(source.Good is null ? whole - some : some, whole));
            }
        }

        return span.Build();
    }

    private static async Task<PolledSpan> RatiosAsync(PrometheusClient client, SliSource.Prometheus source, int from, int to, CancellationToken cancellationToken)
    {
        var ratios = One(await client.QueryAsync(source.Raw!, from, to, cancellationToken), from, to, "raw");
        var span = new SpanBuilder(from);
        for (var i = 0; i < ratios.Length; i++)
        {
            if (ratios[i] is not { } ratio)
            {
                continue;
            }

            if (double.IsNaN(ratio) || ratio is < -0.000001 or > 1.000001)
            {
                span.Object(i, $"{Show(ratio)} is no ratio");
                continue;
            }

            var good = decimal.Round((decimal)Math.Clamp(source.RawIsFailure ? 1 - ratio : ratio, 0, 1) * RatioParts);
            span.Add(i, MinuteCell.OfEvents((long)good, (long)RatioParts));
        }

        return span.Build();
    }

    private static async Task<PolledSpan> GaugeAsync(PrometheusClient client, string query, int from, int to, CancellationToken cancellationToken)
    {
        var readings = One(await client.QueryAsync(query, from, to, cancellationToken), from, to, "raw");
        var span = new SpanBuilder(from);
        for (var i = 0; i < readings.Length; i++)
        {
            if (readings[i] is not { } reading)
            {
                continue;
            }

            if (!double.IsFinite(reading) || Math.Abs(reading) > MinuteCell.MaxValueMicros / 1_000_000d)
            {
                span.Object(i, $"{Show(reading)} is no reading");
                continue;
            }

            span.Add(i, MinuteCell.OfValue((decimal)reading));
        }

        return span.Build();
    }

    /// <summary>Cumulative buckets with the label <c>le</c>, as Prometheus histograms have them.</summary>
    private static async Task<PolledSpan> BucketsAsync(
        PrometheusClient client,
        SliSource.Prometheus source,
        decimal leInMs,
        int from,
        int to,
        CancellationToken cancellationToken)
    {
        var query = source.Counter ? PromQl.IncreasePerMinute(source.Raw!, client.Settings.ScrapeIntervalSeconds, " by (le)") : source.Raw!;
        var series = await client.QueryAsync(query, from, to, cancellationToken);
        var buckets = Buckets.Of(series, leInMs);
        var span = new SpanBuilder(from);
        for (var i = 0; i < to - from; i++)
        {
            if (buckets is null || !buckets.IsSeen(i))
            {
                continue;
            }

            if (buckets.TryRead(i) is { } histogram)
            {
                span.Add(i, MinuteCell.OfLatencies(histogram));
            }
            else
            {
                span.Object(i, "the buckets do not grow with their bounds");
            }
        }

        return span.Build();
    }

    private static string PerMinute(PrometheusClient client, SliSource.Prometheus source, string query) =>
        source.Counter ? PromQl.IncreasePerMinute(query, client.Settings.ScrapeIntervalSeconds) : query;

    private static double?[] One(IReadOnlyList<MinuteSeries> series, int from, int to, string what) => series.Count switch
    {
        0 => new double?[to - from],
        1 => series[0].Values,
        _ => throw new SourceFaultException($"The query for {what} gives {series.Count} series: aggregate it to one, for example with sum().", mayPass: false),
    };

    internal static bool IsCount(double number) => double.IsFinite(number) && number is >= 0 and <= MinuteCell.MaxCount;

    internal static long Whole(double count) => (long)Math.Round(count, MidpointRounding.AwayFromZero);

    private static string Show(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    private sealed class SpanBuilder(int from)
    {
        private readonly List<PolledMinute> minutes = [];
        private string? first;
        private int objections;

        public void Add(int index, MinuteCell cell) => minutes.Add(new PolledMinute(from + index, cell));

        public void Object(int index, string what)
        {
            objections++;
            first ??= $"at {DateTimeOffset.FromUnixTimeSeconds((from + index) * 60L).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC {what}";
        }

        public PolledSpan Build() => new(
            minutes,
            first is null ? null : $"{objections.ToString(CultureInfo.InvariantCulture)} {(objections == 1 ? "minute was" : "minutes were")} left out: {first}.");
    }
}
