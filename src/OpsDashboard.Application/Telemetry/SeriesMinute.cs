using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Telemetry;

/// <summary>What one batch says of one minute of one series.</summary>
/// <param name="Minute">Unix minutes.</param>
public readonly record struct SeriesMinute(int SeriesId, int Minute, MinuteCell Cell)
{
    public int Hour => Minute / TimeIndex.MinutesPerHour;
}
