using System.Numerics;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Telemetry;

/// <summary>
/// The buckets of every latency histogram: log-linear over whole microseconds with 64 sub-buckets per power of two (as in
/// HdrHistogram), so histograms of any source merge bucket by bucket.
/// </summary>
/// <remarks>
/// Below 128 µs a bucket is one microsecond wide; above, its width is at most 1/64 (1.57 %) of its lower bound. Range: 0 to 2^40 µs
/// (12.7 days) exclusive; whatever lies above falls in one overflow bucket that is under no limit.
/// </remarks>
internal static class LatencyScale
{
    public const int Overflow = 35 * 64;
    public const long OverflowMicros = 1L << 40;

    public static int IndexOf(long micros)
    {
        if (micros < 64)
        {
            return (int)micros;
        }

        if (micros >= OverflowMicros)
        {
            return Overflow;
        }

        var exponent = BitOperations.Log2((ulong)micros);
        return ((exponent - 6) << 6) + (int)(micros >> (exponent - 6));
    }

    public static long LowerMicros(int index)
    {
        if (index < 128)
        {
            return index;
        }

        return (long)((index & 63) | 64) << ((index >> 6) - 1);
    }

    /// <summary>Exclusive; for the overflow bucket there is none.</summary>
    public static long UpperMicros(int index) => index >= Overflow ? long.MaxValue : LowerMicros(index + 1);

    /// <summary>The value a bucket stands for: the middle of the whole microseconds in it.</summary>
    public static decimal MiddleMs(int index) =>
        index >= Overflow ? OverflowMicros / 1000m : (LowerMicros(index) + UpperMicros(index) - 1) / 2000m;

    /// <summary>
    /// Buckets with an index below the result count as under the limit. <c>&lt;</c>: those whose upper bound does not exceed it;
    /// <c>≤</c>: also the one the limit lies in.
    /// </summary>
    public static int EndOf(Threshold threshold)
    {
        var micros = threshold.Limit * 1000m;
        if (micros < 0)
        {
            return 0;
        }

        var whole = micros >= OverflowMicros ? OverflowMicros : (long)decimal.Floor(micros);
        return threshold.Op switch
        {
            Comparison.LessThan => IndexOf(whole),
            Comparison.LessOrEqual => Math.Min(IndexOf(whole) + 1, Overflow),
            _ => throw new ArgumentOutOfRangeException(nameof(threshold), threshold.Op, "A latency is good under its limit."),
        };
    }
}
