using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Demo;

/// <summary>The beat of the feed: ten batches a minute, numbered from the epoch, so that a batch is the same whenever it is sent.</summary>
internal static class DemoTicks
{
    public const int PerMinute = 10;
    public const int PerHour = PerMinute * TimeIndex.MinutesPerHour;
    public const long Milliseconds = Instants.MinuteMs / PerMinute;

    public static long At(long unixMs) => unixMs / Milliseconds;

    public static int MinuteOf(long tick) => (int)(tick / PerMinute);

    public static int PartOf(long tick) => (int)(tick % PerMinute);

    public static int HourOf(long tick) => (int)(tick / PerHour);

    public static bool IsHourStart(long tick) => tick % PerHour == 0;
}
