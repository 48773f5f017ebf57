namespace OpsDashboard.Domain.Telemetry;

/// <summary>The single integer that names one series' hour: series in the upper 32 bits, hour since the epoch in the lower.</summary>
/// <remarks>Keys of one series are contiguous and ascend with time, so a window is one key range.</remarks>
public static class ChunkKey
{
    /// <param name="seriesId">Positive.</param>
    /// <param name="hour">Hours since the Unix epoch, not negative.</param>
    public static long Of(int seriesId, int hour)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seriesId);
        ArgumentOutOfRangeException.ThrowIfNegative(hour);
        return ((long)seriesId << 32) | (uint)hour;
    }

    public static int SeriesOf(long key) => (int)(key >> 32);

    public static int HourOf(long key) => (int)(key & 0xFFFF_FFFF);
}
