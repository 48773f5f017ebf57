namespace OpsDashboard.Domain.Telemetry;

/// <summary>What one series measured in one minute. The default is a minute that reported no events, which is still a seen minute.</summary>
/// <remarks>Event series fill <see cref="Good"/> and <see cref="Total"/>, gauges the value sums, latency series the histogram.</remarks>
public readonly record struct MinuteCell
{
    /// <summary>Most events, gauge readings or durations a minute may hold: 10^12, so that sums over years stay exact in 64 bits.</summary>
    public const long MaxCount = 1_000_000_000_000;

    /// <summary>Largest magnitude of a gauge reading in micro-units: 10^15, that is 10^9 units.</summary>
    public const long MaxValueMicros = 1_000_000_000_000_000;

    private MinuteCell(long good, long total, long valueSumMicros, long valueCount, LatencyHistogram? histogram)
    {
        Good = good;
        Total = total;
        ValueSumMicros = valueSumMicros;
        ValueCount = valueCount;
        Histogram = histogram;
    }

    public long Good { get; }

    public long Total { get; }

    /// <summary>Sum of the gauge's readings in millionths of its unit.</summary>
    public long ValueSumMicros { get; }

    public long ValueCount { get; }

    /// <summary>Durations of a latency series; null where none were reported.</summary>
    public LatencyHistogram? Histogram { get; }

    /// <summary>Whatever was counted: events, durations and readings.</summary>
    public long Events => Total + ValueCount + (Histogram?.Count ?? 0);

    /// <summary>The rule that a pair of counts breaks, if any.</summary>
    public static CellFault CheckEvents(long good, long total)
    {
        if (good < 0 || total < 0)
        {
            return CellFault.Negative;
        }

        if (good > total)
        {
            return CellFault.GoodExceedsTotal;
        }

        return total > MaxCount ? CellFault.Overflow : CellFault.None;
    }

    /// <exception cref="InvalidMeasurementException">See <see cref="CheckEvents"/>.</exception>
    public static MinuteCell OfEvents(long good, long total)
    {
        Require(CheckEvents(good, total));
        return new(good, total, 0, 0, null);
    }

    /// <summary>The rule that a gauge's reading breaks, if any.</summary>
    public static CellFault CheckValue(decimal value) =>
        Math.Abs(value) > MaxValueMicros / 1_000_000m ? CellFault.Overflow : CellFault.None;

    /// <param name="value">One reading of a gauge in its own unit; kept to six decimals, rounded half to even.</param>
    public static MinuteCell OfValue(decimal value)
    {
        Require(CheckValue(value));
        return new(0, 0, (long)decimal.Round(value * 1_000_000m, 0, MidpointRounding.ToEven), 1, null);
    }

    /// <summary>The cell owns the histogram from then on.</summary>
    /// <exception cref="InvalidMeasurementException">It holds more durations than a minute may.</exception>
    public static MinuteCell OfLatencies(LatencyHistogram histogram)
    {
        Require(histogram.Count > MaxCount ? CellFault.Overflow : CellFault.None);
        return new(0, 0, 0, 0, histogram);
    }

    /// <summary>The sum of both cells; neither is changed.</summary>
    /// <exception cref="InvalidMeasurementException">The sum exceeds what a minute may hold.</exception>
    public MinuteCell Merge(in MinuteCell other)
    {
        Require(TryMerge(other, out var merged));
        return merged;
    }

    /// <summary>As <see cref="Merge"/>, naming the fault; <paramref name="merged"/> is this cell then.</summary>
    public CellFault TryMerge(in MinuteCell other, out MinuteCell merged)
    {
        merged = this;
        if (other.Total > MaxCount - Total
            || other.ValueCount > MaxCount - ValueCount
            || Int128.Abs((Int128)ValueSumMicros + other.ValueSumMicros) > long.MaxValue
            || (Histogram is not null && other.Histogram is not null && other.Histogram.Count > MaxCount - Histogram.Count))
        {
            return CellFault.Overflow;
        }

        var histogram = Histogram ?? other.Histogram;
        if (Histogram is not null && other.Histogram is not null)
        {
            histogram = Histogram.Clone();
            histogram.Merge(other.Histogram);
        }

        merged = new(Good + other.Good, Total + other.Total, ValueSumMicros + other.ValueSumMicros, ValueCount + other.ValueCount, histogram);
        return CellFault.None;
    }

    /// <summary>A cell from numbers already checked by the codec.</summary>
    internal static MinuteCell Restore(long good, long total, long valueSumMicros, long valueCount, LatencyHistogram? histogram) =>
        new(good, total, valueSumMicros, valueCount, histogram);

    private static void Require(CellFault fault)
    {
        if (fault != CellFault.None)
        {
            throw new InvalidMeasurementException(fault);
        }
    }
}
