using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Telemetry;

/// <summary>Durations counted in the buckets of <see cref="LatencyScale"/>: sparse, mergeable, with at most 2 % relative error.</summary>
/// <remarks>
/// Durations are cut to whole microseconds. From 2^40 µs (12.7 days) upward they are counted as overflow: part of
/// <see cref="Count"/>, under no limit, reported as 2^40 µs. Not thread-safe.
/// </remarks>
public sealed class LatencyHistogram
{
    /// <summary>Most durations in one histogram, however merged: 10^18.</summary>
    public const long MaxCount = 1_000_000_000_000_000_000;

    private ushort[] indexes = [];
    private long[] counts = [];
    private int used;

    /// <summary>Durations counted.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes that <see cref="Encode()"/> can need at most.</summary>
    internal int MaxEncodedLength => 3 + (used * (3 + Varint.MaxBytes));

    /// <param name="milliseconds">Not negative.</param>
    public void Add(decimal milliseconds, long count = 1)
    {
        Require(milliseconds >= 0, CellFault.Negative);
        AddMicros(milliseconds >= LatencyScale.OverflowMicros / 1000m ? LatencyScale.OverflowMicros : (long)(milliseconds * 1000m), count);
    }

    /// <param name="milliseconds">Not negative, not NaN; infinity is overflow.</param>
    public void Add(double milliseconds, long count = 1)
    {
        Require(milliseconds >= 0, CellFault.Negative);
        // 1.005 ms is 1004.9999999999999 µs in binary; the decimal that was written is what counts.
        var micros = Math.Round(milliseconds * 1000d, 6);
        AddMicros(micros >= LatencyScale.OverflowMicros ? LatencyScale.OverflowMicros : (long)micros, count);
    }

    public void AddMicros(long micros, long count = 1)
    {
        Require(micros >= 0 && count >= 0, CellFault.Negative);
        if (count > 0)
        {
            Require(count <= MaxCount - Count, CellFault.Overflow);
            AddToBucket(LatencyScale.IndexOf(micros), count);
        }
    }

    /// <summary>Adds what another tool has already counted in its own buckets.</summary>
    /// <param name="upperBoundsMs">Ascending upper bounds in milliseconds, above zero.</param>
    /// <param name="bucketCounts">Durations in each bucket, not cumulative; one more than bounds for those above the last bound.</param>
    /// <remarks>
    /// A source's bucket is counted whole in the last bucket that ends at or before its upper bound, so that it is under a limit set
    /// at that bound and not under one well inside it. What lies above the last bound is overflow: nothing is known of its length.
    /// </remarks>
    public void AddBucketed(ReadOnlySpan<decimal> upperBoundsMs, ReadOnlySpan<long> bucketCounts)
    {
        Require(CheckBucketed(upperBoundsMs, bucketCounts));
        long sum = 0;
        foreach (var count in bucketCounts)
        {
            Require(count <= MaxCount - Count - sum, CellFault.Overflow);
            sum += count;
        }

        for (var i = 0; i < bucketCounts.Length; i++)
        {
            if (bucketCounts[i] > 0)
            {
                AddToBucket(i < upperBoundsMs.Length ? LastBucketBefore(upperBoundsMs[i]) : LatencyScale.Overflow, bucketCounts[i]);
            }
        }
    }

    /// <summary>The rule that bounds and counts of another tool break, if any.</summary>
    public static CellFault CheckBucketed(ReadOnlySpan<decimal> upperBoundsMs, ReadOnlySpan<long> bucketCounts)
    {
        if (bucketCounts.Length != upperBoundsMs.Length && bucketCounts.Length != upperBoundsMs.Length + 1)
        {
            return CellFault.MalformedHistogram;
        }

        var previous = 0m;
        foreach (var bound in upperBoundsMs)
        {
            if (bound <= previous)
            {
                return CellFault.MalformedHistogram;
            }

            previous = bound;
        }

        long sum = 0;
        foreach (var count in bucketCounts)
        {
            if (count < 0)
            {
                return CellFault.Negative;
            }

            if (count > MaxCount - sum)
            {
                return CellFault.Overflow;
            }

            sum += count;
        }

        return CellFault.None;
    }

    /// <summary>Adds another histogram's counts to this one.</summary>
    public void Merge(LatencyHistogram other)
    {
        Require(other.Count <= MaxCount - Count, CellFault.Overflow);
        if (other.used == 0)
        {
            return;
        }

        var mergedIndexes = new ushort[used + other.used];
        var mergedCounts = new long[mergedIndexes.Length];
        int mine = 0, theirs = 0, next = 0;
        while (mine < used || theirs < other.used)
        {
            var order = mine == used ? 1 : theirs == other.used ? -1 : indexes[mine].CompareTo(other.indexes[theirs]);
            mergedIndexes[next] = order <= 0 ? indexes[mine] : other.indexes[theirs];
            mergedCounts[next++] = (order <= 0 ? counts[mine++] : 0) + (order >= 0 ? other.counts[theirs++] : 0);
        }

        (indexes, counts, used) = (mergedIndexes, mergedCounts, next);
        Count += other.Count;
    }

    public LatencyHistogram Clone() => new()
    {
        indexes = indexes[..used],
        counts = counts[..used],
        used = used,
        Count = Count,
    };

    /// <summary>How many durations count as under the limit, in milliseconds.</summary>
    /// <remarks>
    /// <c>&lt;</c> counts a bucket only when its upper bound does not exceed the limit, <c>≤</c> also the bucket the limit lies in: the
    /// answer is exact for a limit moved by at most 1.6 %.
    /// </remarks>
    public long CountUnder(Threshold threshold) => CountBelow(LatencyScale.EndOf(threshold));

    /// <summary>Durations in buckets with an index below the end.</summary>
    internal long CountBelow(int end)
    {
        long under = 0;
        for (var i = 0; i < used && indexes[i] < end; i++)
        {
            under += counts[i];
        }

        return under;
    }

    /// <summary>The nearest-rank percentile in milliseconds, within 2 % and one microsecond; null without data.</summary>
    /// <param name="percent">Above 0, at most 100.</param>
    public decimal? Percentile(decimal percent)
    {
        if (percent is <= 0 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(percent), percent, "A percentile lies above 0 and at most at 100.");
        }

        if (Count == 0)
        {
            return null;
        }

        var rank = (long)decimal.Ceiling(percent * Count / 100m);
        long passed = 0;
        for (var i = 0; i < used; i++)
        {
            passed += counts[i];
            if (passed >= rank)
            {
                return LatencyScale.MiddleMs(indexes[i]);
            }
        }

        throw new InvalidOperationException("The buckets hold fewer durations than were counted.");
    }

    public byte[] Encode()
    {
        var buffer = new byte[MaxEncodedLength];
        return buffer[..EncodeTo(buffer, 0)];
    }

    /// <exception cref="InvalidDataException">The data are not an encoded histogram.</exception>
    public static LatencyHistogram Decode(ReadOnlySpan<byte> data)
    {
        var position = 0;
        var histogram = Read(data, ref position);
        return position == data.Length ? histogram : throw new InvalidDataException("Data follow after the histogram.");
    }

    /// <summary>Layout: number of buckets, then for each the distance of its index from the one before, and its count; all varints.</summary>
    internal int EncodeTo(Span<byte> target, int position)
    {
        position = Varint.Write(target, position, (uint)used);
        var previous = -1;
        for (var i = 0; i < used; i++)
        {
            position = Varint.Write(target, position, (uint)(indexes[i] - previous - 1));
            position = Varint.Write(target, position, (ulong)counts[i]);
            previous = indexes[i];
        }

        return position;
    }

    internal static LatencyHistogram Read(ReadOnlySpan<byte> data, ref int position)
    {
        var histogram = new LatencyHistogram();
        var buckets = new BucketReader(data, position);
        histogram.indexes = new ushort[buckets.Left];
        histogram.counts = new long[buckets.Left];
        while (buckets.Next())
        {
            histogram.indexes[histogram.used] = (ushort)buckets.Index;
            histogram.counts[histogram.used++] = buckets.Count;
        }

        histogram.Count = buckets.Sum;
        position = buckets.Position;
        return histogram;
    }

    private static int LastBucketBefore(decimal boundMs) =>
        Math.Max(0, LatencyScale.EndOf(new Threshold(Comparison.LessThan, boundMs)) - 1);

    private static void Require(bool holds, CellFault fault) => Require(holds ? CellFault.None : fault);

    private static void Require(CellFault fault)
    {
        if (fault != CellFault.None)
        {
            throw new InvalidMeasurementException(fault);
        }
    }

    private void AddToBucket(int index, long count)
    {
        var at = Array.BinarySearch(indexes, 0, used, (ushort)index);
        if (at < 0)
        {
            at = ~at;
            if (used == indexes.Length)
            {
                var capacity = Math.Max(8, used * 2);
                Array.Resize(ref indexes, capacity);
                Array.Resize(ref counts, capacity);
            }

            Array.Copy(indexes, at, indexes, at + 1, used - at);
            Array.Copy(counts, at, counts, at + 1, used - at);
            indexes[at] = (ushort)index;
            counts[at] = 0;
            used++;
        }

        counts[at] += count;
        Count += count;
    }
}
