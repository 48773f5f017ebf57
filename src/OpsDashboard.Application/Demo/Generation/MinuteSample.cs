using System.Numerics;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Demo.Generation;

internal enum SampleKind
{
    Events,
    Reading,
    Latencies,
}

/// <summary>What one series reports in one minute, before it becomes a stored cell or a batch. Meant to be filled again and again.</summary>
internal sealed class MinuteSample
{
    private const int MostPoints = 16;

    private readonly long[] micros = new long[MostPoints];
    private readonly long[] counts = new long[MostPoints];

    public SampleKind Kind { get; private set; }

    public long Good { get; private set; }

    public long Bad { get; private set; }

    /// <summary>In millionths, cut to thousandths of the unit.</summary>
    public long ValueMicros { get; private set; }

    public int Points { get; private set; }

    public (long Micros, long Count) Point(int index) => (micros[index], counts[index]);

    public void SetEvents(long total, long bad) => (Kind, Good, Bad) = (SampleKind.Events, total - bad, bad);

    public void SetReading(double value) => (Kind, ValueMicros) = (SampleKind.Reading, (long)Math.Round(value * 1000) * 1000);

    public void ClearLatencies() => (Kind, Points) = (SampleKind.Latencies, 0);

    public void AddLatency(long durationMicros, long count)
    {
        if (count > 0)
        {
            (micros[Points], counts[Points]) = (durationMicros, count);
            Points++;
        }
    }

    public MinuteCell ToCell()
    {
        switch (Kind)
        {
            case SampleKind.Events:
                return MinuteCell.OfEvents(Good, Good + Bad);
            case SampleKind.Reading:
                return MinuteCell.OfValue(ValueMicros / 1_000_000m);
            default:
                var histogram = new LatencyHistogram();
                for (var i = 0; i < Points; i++)
                {
                    histogram.AddMicros(micros[i], counts[i]);
                }

                return MinuteCell.OfLatencies(histogram);
        }
    }

    /// <summary>
    /// The upper bound of the histogram bucket a duration lies in, in microseconds: a source that names it as its own bound is
    /// counted in the same bucket as the duration.
    /// </summary>
    public static long BoundOf(long durationMicros)
    {
        if (durationMicros < 128)
        {
            return durationMicros + 1;
        }

        var shift = BitOperations.Log2((ulong)durationMicros) - 6;
        return ((durationMicros >> shift) + 1) << shift;
    }
}
