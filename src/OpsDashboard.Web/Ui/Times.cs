using System.Globalization;

namespace OpsDashboard.Web.Ui;

/// <summary>How much of an instant is told.</summary>
public enum TimeShape
{
    Second,
    Clock,
    Minute,
    Day,
    Month,

    /// <summary>"4 min ago", "in 12 min": counted in the browser; the server writes the minute.</summary>
    Relative,
}

/// <summary>Instants as the server writes them, in UTC; js/clock.js writes the same shapes in the viewer's zone.</summary>
public static class Times
{
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Utc(DateTimeOffset at, TimeShape shape) => at.UtcDateTime.ToString(shape switch
    {
        TimeShape.Second => "HH:mm:ss' UTC'",
        TimeShape.Clock => "HH:mm' UTC'",
        TimeShape.Minute or TimeShape.Relative => "d MMM HH:mm' UTC'",
        TimeShape.Day => "d MMM yyyy",
        TimeShape.Month => "MMM yyyy",
    }, CultureInfo.InvariantCulture);

    public static string Attribute(TimeShape shape) => shape switch
    {
        TimeShape.Second => "second",
        TimeShape.Clock => "clock",
        TimeShape.Minute => "minute",
        TimeShape.Day => "day",
        TimeShape.Month => "month",
        TimeShape.Relative => "relative",
    };
}
