using NodaTime;

namespace OpsDashboard.Domain.Notifications;

/// <summary>
/// The hours of a person's day in which what can wait, waits. Wall-clock time in the person's zone: on the days the clocks
/// change they last an hour more or less.
/// </summary>
/// <param name="Zone">IANA id.</param>
/// <param name="FromMinute">Minute of the day, 0 to 1,439.</param>
/// <param name="ToMinute">Minute of the day, exclusive; at or below the start it lies on the next day.</param>
public sealed record QuietHours(string Zone, int FromMinute, int ToMinute)
{
    public const int MinutesOfDay = 24 * 60;

    public static bool IsZone(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null;

    /// <returns>The first instant at or after the one given that is not quiet; Unix ms.</returns>
    public long FirstLoud(long atMs)
    {
        var zone = DateTimeZoneProviders.Tzdb[Zone];
        var local = Instant.FromUnixTimeMilliseconds(atMs).InZone(zone).LocalDateTime;
        var minute = (local.Hour * 60) + local.Minute;
        var overnight = ToMinute <= FromMinute;
        var quiet = overnight ? minute >= FromMinute || minute < ToMinute : minute >= FromMinute && minute < ToMinute;
        if (!quiet)
        {
            return atMs;
        }

        var day = overnight && minute >= FromMinute ? local.Date.PlusDays(1) : local.Date;
        var end = day.At(LocalTime.FromMinutesSinceMidnight(ToMinute)).InZoneLeniently(zone).ToInstant().ToUnixTimeMilliseconds();
        // In the hour that comes twice the end may lie behind: then it is over.
        return Math.Max(atMs, end);
    }
}
