namespace OpsDashboard.Application.Demo.Generation;

/// <summary>Durations around a median, log-normal, drawn at fixed quantiles that jitter from minute to minute.</summary>
internal sealed class LatencyShape(string sli, ulong seed, int anchorMinute) : SeriesShape(sli, seed)
{
    /// <summary>Share of events below each point's far edge, and how many standard deviations from the median the point lies.</summary>
    private static readonly (double Below, double Deviations)[] Strata =
    [
        (0.08, -1.75), (0.22, -1.04), (0.40, -0.50), (0.60, 0.00), (0.76, 0.47), (0.87, 0.90),
        (0.94, 1.33), (0.973, 1.72), (0.990, 2.12), (0.9975, 2.53), (1.0, 3.05),
    ];

    private static readonly (double Share, double Of)[] SlowPoints = [(0.5, 0.86), (0.35, 1.08), (0.15, 1.28)];

    public required Volume Volume { get; init; }

    public required double MedianMs { get; init; }

    /// <summary>Standard deviation of the logarithm.</summary>
    public required double Spread { get; init; }

    /// <summary>Spans in which a share of events takes about <see cref="SlowMs"/>.</summary>
    public IReadOnlyList<Episode> Slow { get; init; } = [];

    public double SlowMs { get; init; }

    /// <summary>How much the busiest hour slows it.</summary>
    public double LoadEffect { get; init; } = 0.08;

    public override bool Measure(int minute, MinuteSample into)
    {
        var wobble = 1 + (0.06 * (Uniform(minute, 1) - 0.5));
        var offset = Uniform(minute, 2);
        var total = (long)((Volume.Expected(minute, anchorMinute) * wobble) + Uniform(minute, 3));
        into.ClearLatencies();
        if (total == 0)
        {
            return false;
        }

        var slow = SlowShare(minute);
        var median = MedianMs * 1000 * (1 + (LoadEffect * (Rhythm.At(minute) - 1)) + (0.05 * Noise.Wander(Stream, minute, 120, 4)));
        var taken = (long)offset;
        for (var i = 0; i < Strata.Length; i++)
        {
            var upTo = (long)((total * (1 - slow) * Strata[i].Below) + offset);
            var jitter = 0.08 * (Uniform(minute, 16 + (uint)i) - 0.5);
            into.AddLatency((long)(median * Math.Exp(Spread * (Strata[i].Deviations + jitter))), upTo - taken);
            taken = upTo;
        }

        AddSlow(minute, total - taken, into);
        return true;
    }

    private double SlowShare(int minute)
    {
        foreach (var episode in Slow)
        {
            if (episode.Holds(minute))
            {
                return episode.Value;
            }
        }

        return 0;
    }

    private void AddSlow(int minute, long left, MinuteSample into)
    {
        for (var i = 0; left > 0 && i < SlowPoints.Length; i++)
        {
            var count = i == SlowPoints.Length - 1 ? left : Math.Min(left, (long)Math.Ceiling(left * SlowPoints[i].Share));
            var jitter = 1 + (0.04 * (Uniform(minute, 40 + (uint)i) - 0.5));
            into.AddLatency((long)(SlowMs * 1000 * SlowPoints[i].Of * jitter), count);
            left -= count;
        }
    }
}
