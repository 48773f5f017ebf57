namespace OpsDashboard.Domain.Slos;

public enum WindowKind
{
    Rolling,
    Calendar,
}

public enum WindowUnit
{
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// <summary>The span an SLO is judged over. Rolling: the last Count units, in hours, days or weeks. Calendar: the current one, in UTC.</summary>
public sealed record SloWindow(WindowKind Kind, WindowUnit Unit, int Count)
{
    public static SloWindow RollingDays(int days) => new(WindowKind.Rolling, WindowUnit.Day, days);

    public static SloWindow CalendarMonth { get; } = new(WindowKind.Calendar, WindowUnit.Month, 1);
}
