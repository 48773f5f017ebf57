namespace OpsDashboard.Domain.Telemetry;

/// <summary>Minutes and hours since the Unix epoch, UTC: the grid all measurements lie on. Instants before the epoch round down too.</summary>
public static class TimeIndex
{
    public const int MinutesPerHour = 60;
    public const int MinutesPerDay = 1440;
    public const long MillisecondsPerMinute = 60_000;

    public static int MinuteOf(long unixMilliseconds)
    {
        var quotient = Math.DivRem(unixMilliseconds, MillisecondsPerMinute, out var remainder);
        return checked((int)(remainder < 0 ? quotient - 1 : quotient));
    }

    public static int HourOf(int minute)
    {
        var quotient = Math.DivRem(minute, MinutesPerHour, out var remainder);
        return remainder < 0 ? quotient - 1 : quotient;
    }

    /// <summary>0 to 59.</summary>
    public static int MinuteOfHour(int minute) => minute - (HourOf(minute) * MinutesPerHour);

    /// <summary>Unix milliseconds of the minute's first instant.</summary>
    public static long StartOfMinute(int minute) => minute * MillisecondsPerMinute;
}
