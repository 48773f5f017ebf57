namespace OpsDashboard.Domain.Telemetry;

/// <summary>Reads an encoded histogram bucket by bucket without building one, checking every rule of the layout.</summary>
internal ref struct BucketReader
{
    private readonly ReadOnlySpan<byte> data;
    private int position;

    public BucketReader(ReadOnlySpan<byte> data, int position)
    {
        this.data = data;
        this.position = position;
        Left = (int)Varint.ReadUpTo(data, ref this.position, LatencyScale.Overflow + 1);
        Index = -1;
        if (Left * 2 > data.Length - this.position)
        {
            throw new InvalidDataException("The histogram announces more buckets than there are data.");
        }
    }

    public readonly int Position => position;

    public int Left { get; private set; }

    public int Index { get; private set; }

    public long Count { get; private set; }

    /// <summary>Of the counts read so far.</summary>
    public long Sum { get; private set; }

    public bool Next()
    {
        if (Left == 0)
        {
            return false;
        }

        Left--;
        Index += 1 + (int)Varint.ReadUpTo(data, ref position, LatencyScale.Overflow);
        Count = Varint.ReadUpTo(data, ref position, LatencyHistogram.MaxCount - Sum);
        Sum += Count;
        return Index <= LatencyScale.Overflow && Count > 0
            ? true
            : throw new InvalidDataException("A histogram bucket is empty or beyond the scale.");
    }
}
