using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Tests.Slos;

public sealed class WindowSpanTests
{
    [Theory]
    [InlineData(WindowUnit.Day, "2024-02-29T23:59Z", "2024-02-29T00:00Z", "2024-03-01T00:00Z")]
    [InlineData(WindowUnit.Week, "2026-11-22T10:00Z", "2026-11-16T00:00Z", "2026-11-23T00:00Z")]
    [InlineData(WindowUnit.Month, "2024-02-29T23:59Z", "2024-02-01T00:00Z", "2024-03-01T00:00Z")]
    [InlineData(WindowUnit.Month, "2026-12-31T23:59Z", "2026-12-01T00:00Z", "2027-01-01T00:00Z")]
    [InlineData(WindowUnit.Quarter, "2026-11-22T10:00Z", "2026-10-01T00:00Z", "2027-01-01T00:00Z")]
    [InlineData(WindowUnit.Quarter, "2026-03-31T23:59Z", "2026-01-01T00:00Z", "2026-04-01T00:00Z")]
    [InlineData(WindowUnit.Year, "2024-07-01T00:00Z", "2024-01-01T00:00Z", "2025-01-01T00:00Z")]
    public void At_ACalendarWindow_IsTheWholeCurrentOne(WindowUnit unit, string now, string start, string end)
    {
        var span = WindowSpan.At(new SloWindow(WindowKind.Calendar, unit, 1), Minute(now));

        Assert.Equal(new WindowSpan(Minute(start), Minute(end)), span);
    }

    [Fact]
    public void At_ARollingWindow_EndsWithTheMinuteUnderWay()
    {
        var now = Minute("2026-11-22T10:00Z");

        Assert.Equal(new WindowSpan(now + 1 - (30 * 1440), now + 1), WindowSpan.At(SloWindow.RollingDays(30), now));
        Assert.Equal(28 * 1440, WindowSpan.At(new SloWindow(WindowKind.Rolling, WindowUnit.Week, 4), now).Minutes);
    }

    [Fact]
    public void Before_ACalendarMonth_IsTheMonthBefore()
    {
        var march = WindowSpan.At(SloWindow.CalendarMonth, Minute("2024-03-15T00:00Z"));

        Assert.Equal(new WindowSpan(Minute("2024-02-01T00:00Z"), Minute("2024-03-01T00:00Z")), march.Before(SloWindow.CalendarMonth));
    }

    private static int Minute(string instant) =>
        TimeIndex.MinuteOf(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds());
}
