using System.Buffers;
using System.Numerics;

namespace OpsDashboard.Domain.Telemetry;

/// <summary>One series' hour as it is stored: up to 60 minute cells, or after their retention only the hour's sums.</summary>
/// <remarks>
/// Layout: the head (<see cref="HourHead"/>), then for each seen minute varints: total, bad; readings and, if any, their zigzag sum; the length of the histogram plus one, and the
/// histogram. A condensed hour holds one such cell for all its minutes. An instance is meant to be loaded again and again
/// (<see cref="Load"/>): the way of a sample through a chunk then allocates only the encoded result. Not thread-safe.
/// </remarks>
public sealed class HourChunk
{
    private const int MinutesPerHour = TimeIndex.MinutesPerHour;
    private const long MostEvents = MinutesPerHour * MinuteCell.MaxCount;

    private readonly long[] good = new long[MinutesPerHour];
    private readonly long[] total = new long[MinutesPerHour];
    private readonly long[] valueSums = new long[MinutesPerHour];
    private readonly long[] valueCounts = new long[MinutesPerHour];
    private readonly LatencyHistogram?[] histograms = new LatencyHistogram?[MinutesPerHour];

    // A histogram that was loaded stays in its encoded form, inside `loaded`, until someone needs its buckets.
    private readonly int[] encodedStarts = new int[MinutesPerHour];
    private readonly int[] encodedLengths = new int[MinutesPerHour];
    private byte[] loaded = [];

    /// <summary>Bit m is set when minute m of the hour reported.</summary>
    public ulong Seen { get; private set; }

    public int SeenMinutes => BitOperations.PopCount(Seen);

    /// <summary>Sum over the hour.</summary>
    public long Good { get; private set; }

    /// <summary>Sum over the hour.</summary>
    public long Total { get; private set; }

    /// <summary>Only the hour's sums are left; they stand in the cell of minute 0.</summary>
    public bool IsCondensed { get; private set; }

    public static HourChunk Decode(ReadOnlySpan<byte> data)
    {
        var chunk = new HourChunk();
        chunk.Load(data);
        return chunk;
    }

    /// <summary>Makes it an hour in which nothing was seen.</summary>
    public void Clear()
    {
        Array.Clear(good);
        Array.Clear(total);
        Array.Clear(valueSums);
        Array.Clear(valueCounts);
        Array.Clear(histograms);
        Array.Clear(encodedLengths);
        (Seen, Good, Total, IsCondensed) = (0, 0, 0, false);
    }

    /// <summary>Replaces the content by what was encoded; nothing at all is an empty hour.</summary>
    /// <exception cref="InvalidDataException">The data are not an encoded hour. The content is undefined then.</exception>
    /// <remarks>Histograms are checked when they are read.</remarks>
    public void Load(ReadOnlySpan<byte> data)
    {
        Clear();
        if (data.IsEmpty)
        {
            return;
        }

        var head = HourHead.Read(data);
        (Seen, IsCondensed) = (head.Seen, head.IsCondensed);
        var position = HourHead.Length;
        for (var rest = head.Cells; rest != 0; rest &= rest - 1)
        {
            LoadCell(data, ref position, head, BitOperations.TrailingZeroCount(rest));
        }

        if (position != data.Length)
        {
            throw new InvalidDataException("Data follow after the hour.");
        }

        if (head.HasHistograms)
        {
            if (loaded.Length < data.Length)
            {
                loaded = new byte[data.Length * 2];
            }

            data.CopyTo(loaded);
        }
    }

    /// <summary>How many minutes an encoded hour has seen, without decoding it.</summary>
    public static int PeekSeenMinutes(ReadOnlySpan<byte> data) => data.IsEmpty ? 0 : HourHead.Read(data).SeenMinutes;

    /// <param name="minuteOfHour">0 to 59.</param>
    /// <returns>False when the minute did not report, or the hour is condensed.</returns>
    public bool TryGet(int minuteOfHour, out MinuteCell cell)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minuteOfHour);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(minuteOfHour, MinutesPerHour);
        cell = default;
        if (IsCondensed || (Seen >> minuteOfHour & 1) == 0)
        {
            return false;
        }

        cell = CellAt(minuteOfHour);
        return true;
    }

    /// <summary>All minutes in one cell: the hour's sums and its merged histogram.</summary>
    /// <remarks>Its counts may reach sixty times what a single minute may hold.</remarks>
    public MinuteCell Sum()
    {
        if (IsCondensed)
        {
            return CellAt(0);
        }

        long readings = 0;
        Int128 readingsSum = 0;
        LatencyHistogram? merged = null;
        for (var cells = Seen; cells != 0; cells &= cells - 1)
        {
            var minute = BitOperations.TrailingZeroCount(cells);
            readings += valueCounts[minute];
            readingsSum += valueSums[minute];
            var histogram = HistogramAt(minute);
            if (histogram is not null)
            {
                (merged ??= new LatencyHistogram()).Merge(histogram);
            }
        }

        var bounded = (long)Int128.Clamp(readingsSum, long.MinValue, long.MaxValue);
        return MinuteCell.Restore(Good, Total, bounded, readings, merged);
    }

    /// <summary>Forgets the minutes and keeps their sums; which minutes were seen stays known.</summary>
    public void Condense()
    {
        if (!IsCondensed)
        {
            var (sum, seen) = (Sum(), Seen);
            Clear();
            (Seen, Good, Total, IsCondensed) = (seen, sum.Good, sum.Total, true);
            Put(0, sum);
        }
    }

    /// <summary>Adds a measurement to its minute.</summary>
    /// <param name="minuteOfHour">0 to 59.</param>
    /// <returns>The fault that kept the hour as it was, or none.</returns>
    public CellFault TryMerge(int minuteOfHour, in MinuteCell cell)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minuteOfHour);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(minuteOfHour, MinutesPerHour);
        var at = IsCondensed ? 0 : minuteOfHour;
        var fault = CellAt(at).TryMerge(cell, out var merged);
        if (fault == CellFault.None)
        {
            Seen |= 1UL << minuteOfHour;
            Good += cell.Good;
            Total += cell.Total;
            Put(at, merged);
        }

        return fault;
    }

    /// <exception cref="InvalidMeasurementException">The minute cannot hold the sum.</exception>
    public void Merge(int minuteOfHour, in MinuteCell cell)
    {
        var fault = TryMerge(minuteOfHour, cell);
        if (fault != CellFault.None)
        {
            throw new InvalidMeasurementException(fault);
        }
    }

    public byte[] Encode()
    {
        var head = new HourHead(Seen, IsCondensed, HasValues: false, HasHistograms: false);
        var room = HourHead.Length;
        for (var rest = head.Cells; rest != 0; rest &= rest - 1)
        {
            var minute = BitOperations.TrailingZeroCount(rest);
            var length = histograms[minute]?.MaxEncodedLength ?? encodedLengths[minute];
            head = head with { HasValues = head.HasValues || valueCounts[minute] > 0, HasHistograms = head.HasHistograms || length > 0 };
            room += (5 * Varint.MaxBytes) + length;
        }

        var pooled = room > 4096 ? ArrayPool<byte>.Shared.Rent(room) : null;
        var buffer = pooled ?? stackalloc byte[room];
        head.Write(buffer);
        var position = HourHead.Length;
        for (var rest = head.Cells; rest != 0; rest &= rest - 1)
        {
            position = EncodeCell(buffer, position, head, BitOperations.TrailingZeroCount(rest));
        }

        var data = buffer[..position].ToArray();
        if (pooled is not null)
        {
            ArrayPool<byte>.Shared.Return(pooled);
        }

        return data;
    }

    /// <summary>Durations of a seen minute, and those in buckets below <paramref name="end"/>, without building the histogram.</summary>
    /// <param name="end">As <see cref="LatencyScale.EndOf"/> gives it for a limit.</param>
    internal (long Under, long Count) CountBelow(int minuteOfHour, int end)
    {
        var histogram = histograms[minuteOfHour];
        if (histogram is not null)
        {
            return (histogram.CountBelow(end), histogram.Count);
        }

        if (encodedLengths[minuteOfHour] == 0)
        {
            return default;
        }

        long under = 0;
        var buckets = new BucketReader(EncodedAt(minuteOfHour), 0);
        while (buckets.Next())
        {
            under += buckets.Index < end ? buckets.Count : 0;
        }

        return (under, buckets.Sum);
    }

    /// <summary>The cell of a seen minute without its histogram.</summary>
    internal MinuteCell PlainCellAt(int minute) =>
        MinuteCell.Restore(good[minute], total[minute], valueSums[minute], valueCounts[minute], null);

    private void LoadCell(ReadOnlySpan<byte> data, ref int position, in HourHead head, int minute)
    {
        var most = IsCondensed ? MostEvents : MinuteCell.MaxCount;
        total[minute] = Varint.ReadUpTo(data, ref position, most);
        good[minute] = total[minute] - Varint.ReadUpTo(data, ref position, total[minute]);
        Good += good[minute];
        Total += total[minute];
        if (head.HasValues)
        {
            valueCounts[minute] = Varint.ReadUpTo(data, ref position, most);
            if (valueCounts[minute] > 0)
            {
                valueSums[minute] = Varint.UnZigZag(Varint.Read(data, ref position));
            }
        }

        if (head.HasHistograms)
        {
            var length = (int)Varint.ReadUpTo(data, ref position, int.MaxValue) - 1;
            if (length > data.Length - position)
            {
                throw new InvalidDataException("The data end inside a histogram.");
            }

            if (length >= 0)
            {
                if (length == 0)
                {
                    throw new InvalidDataException("A histogram has no content.");
                }

                (encodedStarts[minute], encodedLengths[minute]) = (position, length);
                position += length;
            }
        }
    }

    private int EncodeCell(Span<byte> buffer, int position, in HourHead head, int minute)
    {
        position = Varint.Write(buffer, position, (ulong)total[minute]);
        position = Varint.Write(buffer, position, (ulong)(total[minute] - good[minute]));
        if (head.HasValues)
        {
            position = Varint.Write(buffer, position, (ulong)valueCounts[minute]);
            if (valueCounts[minute] > 0)
            {
                position = Varint.Write(buffer, position, Varint.ZigZag(valueSums[minute]));
            }
        }

        if (!head.HasHistograms)
        {
            return position;
        }

        var histogram = histograms[minute];
        if (histogram is null)
        {
            var encoded = EncodedAt(minute);
            position = Varint.Write(buffer, position, encoded.IsEmpty ? 0UL : (uint)encoded.Length + 1);
            encoded.CopyTo(buffer[position..]);
            return position + encoded.Length;
        }

        var content = histogram.Encode();
        position = Varint.Write(buffer, position, (uint)content.Length + 1);
        content.CopyTo(buffer[position..]);
        return position + content.Length;
    }

    private ReadOnlySpan<byte> EncodedAt(int minute) => loaded.AsSpan(encodedStarts[minute], encodedLengths[minute]);

    private LatencyHistogram? HistogramAt(int minute) =>
        histograms[minute] ??= encodedLengths[minute] == 0 ? null : LatencyHistogram.Decode(EncodedAt(minute));

    private MinuteCell CellAt(int minute) =>
        MinuteCell.Restore(good[minute], total[minute], valueSums[minute], valueCounts[minute], HistogramAt(minute));

    private void Put(int minute, in MinuteCell cell)
    {
        good[minute] = cell.Good;
        total[minute] = cell.Total;
        valueSums[minute] = cell.ValueSumMicros;
        valueCounts[minute] = cell.ValueCount;
        histograms[minute] = cell.Histogram;
        encodedLengths[minute] = 0;
    }
}
