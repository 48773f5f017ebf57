using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Slos;

/// <summary>The minutes [Start, End) an objective is judged over at some instant, in minutes since the Unix epoch, UTC.</summary>
/// <remarks>A rolling span ends with the minute it is asked in. A calendar span is whole: it ends when its month, quarter or year does.</remarks>
public readonly record struct WindowSpan(int Start, int End)
{
    public int Minutes => End - Start;

    /// <param name="nowMinute">The minute under way, which belongs to the span.</param>
    public static WindowSpan At(SloWindow window, int nowMinute) => window.Kind switch
    {
        WindowKind.Rolling => new(nowMinute + 1 - RollingMinutes(window), nowMinute + 1),
        WindowKind.Calendar => Calendar(window.Unit, nowMinute),
    };

    /// <summary>The calendar span before this one; for a rolling window the same length ending where this one starts.</summary>
    public WindowSpan Before(SloWindow window) => window.Kind == WindowKind.Calendar ? Calendar(window.Unit, Start - 1) : new(Start - Minutes, Start);

    /// <summary>
    /// The length that alert thresholds are scaled to. A rolling window's own; a calendar month counts as 30 days, a quarter as 91, a
    /// year as 365, so that thresholds do not move with the month.
    /// </summary>
    public static int NominalMinutes(SloWindow window) => window.Kind switch
    {
        WindowKind.Rolling => RollingMinutes(window),
        WindowKind.Calendar => window.Unit switch
        {
            WindowUnit.Hour => TimeIndex.MinutesPerHour,
            WindowUnit.Day => TimeIndex.MinutesPerDay,
            WindowUnit.Week => 7 * TimeIndex.MinutesPerDay,
            WindowUnit.Month => 30 * TimeIndex.MinutesPerDay,
            WindowUnit.Quarter => 91 * TimeIndex.MinutesPerDay,
            WindowUnit.Year => 365 * TimeIndex.MinutesPerDay,
        },
    };

    /// <summary>Start of the calendar month, UTC, that holds the minute.</summary>
    public static WindowSpan MonthOf(int minute) => Calendar(WindowUnit.Month, minute);

    private static int RollingMinutes(SloWindow window) => window.Unit switch
    {
        WindowUnit.Hour => checked(window.Count * TimeIndex.MinutesPerHour),
        WindowUnit.Day => checked(window.Count * TimeIndex.MinutesPerDay),
        WindowUnit.Week => checked(window.Count * 7 * TimeIndex.MinutesPerDay),
        WindowUnit.Month or WindowUnit.Quarter or WindowUnit.Year =>
            throw new ArgumentException("A rolling window is counted in hours, days or weeks.", nameof(window)),
    };

    private static WindowSpan Calendar(WindowUnit unit, int minute)
    {
        var instant = DateTimeOffset.FromUnixTimeSeconds(minute * 60L);
        var day = new DateTimeOffset(instant.Year, instant.Month, instant.Day, 0, 0, 0, TimeSpan.Zero);
        var month = day.AddDays(1 - day.Day);
        switch (unit)
        {
            case WindowUnit.Hour:
                var hour = day.AddHours(instant.Hour);
                return Between(hour, hour.AddHours(1));
            case WindowUnit.Day:
                return Between(day, day.AddDays(1));
            case WindowUnit.Week:
                var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
                return Between(monday, monday.AddDays(7));
            case WindowUnit.Month:
                return Between(month, month.AddMonths(1));
            case WindowUnit.Quarter:
                var quarter = month.AddMonths(-((month.Month - 1) % 3));
                return Between(quarter, quarter.AddMonths(3));
            case WindowUnit.Year:
                var year = month.AddMonths(1 - month.Month);
                return Between(year, year.AddYears(1));
            default:
                throw new ArgumentOutOfRangeException(nameof(unit), unit, "Unknown unit.");
        }
    }

    private static WindowSpan Between(DateTimeOffset start, DateTimeOffset end) =>
        new((int)(start.ToUnixTimeSeconds() / 60), (int)(end.ToUnixTimeSeconds() / 60));
}
