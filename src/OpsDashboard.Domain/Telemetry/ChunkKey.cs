namespace OpsDashboard.Domain.Telemetry;

/// <summary>The single integer that names one series' hour: hour since the epoch in the upper 32 bits, series in the lower.</summary>
/// <remarks>
/// Hour-major, so that the hours all series are writing lie together in a clustered table, and what has outlived its retention is
/// one key range.
/// </remarks>
public static class ChunkKey
{
    /// <param name="seriesId">Positive.</param>
    /// <param name="hour">Hours since the Unix epoch, not negative.</param>
    public static long Of(int seriesId, int hour)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seriesId);
        ArgumentOutOfRangeException.ThrowIfNegative(hour);
        return ((long)hour << 32) | (uint)seriesId;
    }

    public static int SeriesOf(long key) => (int)(key & 0xFFFF_FFFF);

    public static int HourOf(long key) => (int)(key >> 32);
}
