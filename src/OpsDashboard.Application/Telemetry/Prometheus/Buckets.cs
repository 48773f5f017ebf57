using System.Globalization;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>The cumulative buckets of a classic histogram over some minutes.</summary>
internal sealed class Buckets
{
    private readonly decimal[] boundsMs;
    private readonly double?[][] finite;
    private readonly double?[] all;

    private Buckets(decimal[] boundsMs, double?[][] finite, double?[] all)
    {
        this.boundsMs = boundsMs;
        this.finite = finite;
        this.all = all;
    }

    /// <returns>Null when the answer has no series.</returns>
    /// <exception cref="SourceFaultException">The series are no buckets.</exception>
    public static Buckets? Of(IReadOnlyList<MinuteSeries> series, decimal leInMs)
    {
        if (series.Count == 0)
        {
            return null;
        }

        var byBound = new SortedDictionary<decimal, double?[]>();
        double?[]? infinite = null;
        foreach (var one in series)
        {
            if (!one.Labels.TryGetValue("le", out var le))
            {
                throw new SourceFaultException("The query gives no buckets: its series need the label le.", mayPass: false);
            }

            if (le is "+Inf" or "Inf")
            {
                infinite = one.Values;
            }
            else if (!decimal.TryParse(le, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) || bound > 1_000_000_000m)
            {
                throw new SourceFaultException("A bucket's bound is no number.", mayPass: false);
            }
            else if (bound > 0 && !byBound.TryAdd(bound * leInMs, one.Values))
            {
                throw new SourceFaultException("Two series have the same bucket: aggregate with sum by (le).", mayPass: false);
            }
        }

        return infinite is null
            ? throw new SourceFaultException("The histogram has no bucket +Inf, so its total is unknown.", mayPass: false)
            : new Buckets([.. byBound.Keys], [.. byBound.Values], infinite);
    }

    public bool IsSeen(int minute) => all[minute] is not null;

    /// <returns>Null when the numbers cannot be those of a histogram.</returns>
    public LatencyHistogram? TryRead(int minute)
    {
        var counts = new long[boundsMs.Length + 1];
        long below = 0;
        for (var i = 0; i <= boundsMs.Length; i++)
        {
            var value = i < boundsMs.Length ? finite[i][minute] ?? below : all[minute]!.Value;
            if (!SliQuery.IsCount(value))
            {
                return null;
            }

            var cumulative = SliQuery.Whole(value);
            // One event of rounding; more than that is no histogram.
            if (cumulative < below - 1)
            {
                return null;
            }

            counts[i] = Math.Max(0, cumulative - below);
            below = Math.Max(below, cumulative);
        }

        var histogram = new LatencyHistogram();
        histogram.AddBucketed(boundsMs, counts);
        return histogram;
    }
}
