using System.Globalization;

namespace OpsDashboard.Domain.OnCall;

/// <summary>How long a turn lasts on the wall clock: whole days, or whole hours.</summary>
public readonly record struct RotationStep
{
    public const int MaxDays = 366;
    public const int MaxHours = 366 * 24;

    private RotationStep(int days, int hours) => (Days, Hours) = (days, hours);

    /// <summary>0 when the step is counted in hours.</summary>
    public int Days { get; }

    /// <summary>0 when the step is counted in days.</summary>
    public int Hours { get; }

    public static RotationStep Day { get; } = new(1, 0);

    public static RotationStep Week { get; } = new(7, 0);

    public static RotationStep OfDays(int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, MaxDays);
        return new(days, 0);
    }

    public static RotationStep OfHours(int hours)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hours, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hours, MaxHours);
        return new(0, hours);
    }

    /// <summary>Reads day, week, or an ISO 8601 duration of whole days, weeks or hours: P3D, P2W, PT12H.</summary>
    public static bool TryParse(string? text, out RotationStep step)
    {
        step = text switch
        {
            "day" => Day,
            "week" => Week,
            _ => default,
        };
        if (step != default || text is null)
        {
            return step != default;
        }

        if (text.StartsWith("PT", StringComparison.Ordinal) && Number(text, 2, 'H') is { } hours and >= 1 and <= MaxHours)
        {
            step = OfHours(hours);
        }
        else if (text.StartsWith('P') && Number(text, 1, 'D') is { } days and >= 1 and <= MaxDays)
        {
            step = OfDays(days);
        }
        else if (text.StartsWith('P') && Number(text, 1, 'W') is { } weeks and >= 1 and <= MaxDays / 7)
        {
            step = OfDays(weeks * 7);
        }

        return step != default;
    }

    public override string ToString() => (Days, Hours) switch
    {
        (1, 0) => "day",
        (7, 0) => "week",
        (0, var hours) => string.Create(CultureInfo.InvariantCulture, $"PT{hours}H"),
        var (days, _) => string.Create(CultureInfo.InvariantCulture, $"P{days}D"),
    };

    private static int? Number(string text, int from, char unit) =>
        text.EndsWith(unit) && int.TryParse(text.AsSpan(from, Math.Max(0, text.Length - from - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
