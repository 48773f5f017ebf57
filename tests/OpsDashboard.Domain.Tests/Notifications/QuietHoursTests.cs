using System.Globalization;
using OpsDashboard.Domain.Notifications;

namespace OpsDashboard.Domain.Tests.Notifications;

public sealed class QuietHoursTests
{
    [Theory]
    // Plain days, within and over midnight.
    [InlineData("UTC", "12:00", "13:00", "2026-11-18T11:59:00Z", "2026-11-18T11:59:00Z")]
    [InlineData("UTC", "12:00", "13:00", "2026-11-18T12:00:00Z", "2026-11-18T13:00:00Z")]
    [InlineData("UTC", "12:00", "13:00", "2026-11-18T13:00:00Z", "2026-11-18T13:00:00Z")]
    [InlineData("UTC", "22:00", "07:00", "2026-11-18T23:30:00Z", "2026-11-19T07:00:00Z")]
    [InlineData("UTC", "22:00", "07:00", "2026-11-18T06:59:59Z", "2026-11-18T07:00:00Z")]
    [InlineData("UTC", "22:00", "07:00", "2026-11-18T07:00:00Z", "2026-11-18T07:00:00Z")]
    [InlineData("Asia/Kolkata", "22:00", "07:00", "2026-11-18T17:00:00Z", "2026-11-19T01:30:00Z")]
    // Berlin, 29 March 2026: 02:00 becomes 03:00. The night is an hour shorter.
    [InlineData("Europe/Berlin", "22:00", "07:00", "2026-03-28T21:30:00Z", "2026-03-29T05:00:00Z")]
    // An end that the clock skips: the first instant after the gap.
    [InlineData("Europe/Berlin", "22:00", "02:30", "2026-03-28T23:30:00Z", "2026-03-29T01:30:00Z")]
    // Berlin, 25 October 2026: 03:00 becomes 02:00. The night is an hour longer.
    [InlineData("Europe/Berlin", "22:00", "07:00", "2026-10-24T21:30:00Z", "2026-10-25T06:00:00Z")]
    // An end that comes twice is over at its first coming; in the second, nobody waits a day.
    [InlineData("Europe/Berlin", "22:00", "02:30", "2026-10-24T23:30:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("Europe/Berlin", "22:00", "02:30", "2026-10-25T01:15:00Z", "2026-10-25T01:15:00Z")]
    public void FirstLoud_AtAnInstant_IsItOrTheEndOfTheHours(string zone, string from, string to, string at, string expected)
    {
        var hours = new QuietHours(zone, Minute(from), Minute(to));

        Assert.Equal(Ms(expected), hours.FirstLoud(Ms(at)));
    }

    [Fact]
    public void Zone_ThatIsNone_IsKnownAsSuch()
    {
        Assert.True(QuietHours.IsZone("Europe/Berlin"));
        Assert.False(QuietHours.IsZone("Berlin"));
    }

    private static int Minute(string clock) => (int)TimeSpan.Parse(clock, CultureInfo.InvariantCulture).TotalMinutes;

    private static long Ms(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
