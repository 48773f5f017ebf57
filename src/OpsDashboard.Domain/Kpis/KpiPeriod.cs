using System.Globalization;

namespace OpsDashboard.Domain.Kpis;

/// <summary>A day, week, month or quarter that a value belongs to, UTC.</summary>
public readonly record struct KpiPeriod : IComparable<KpiPeriod>
{
    private KpiPeriod(KpiCadence cadence, DateOnly start) => (Cadence, Start) = (cadence, start);

    public KpiCadence Cadence { get; }

    public DateOnly Start { get; }

    /// <summary>Exclusive.</summary>
    public DateOnly End => Plus(1).Start;

    /// <summary>How long after its end a value may still be on its way before it counts as missing, in days.</summary>
    public int DaysToReport => Cadence switch
    {
        KpiCadence.Daily => 2,
        KpiCadence.Weekly => 5,
        KpiCadence.Monthly => 10,
        KpiCadence.Quarterly => 20,
    };

    /// <summary>The period a day lies in.</summary>
    public static KpiPeriod Of(KpiCadence cadence, DateOnly day) => new(cadence, cadence switch
    {
        KpiCadence.Daily => day,
        KpiCadence.Weekly => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        KpiCadence.Monthly => new DateOnly(day.Year, day.Month, 1),
        KpiCadence.Quarterly => new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1),
    });

    public KpiPeriod Plus(int periods) => new(Cadence, Cadence switch
    {
        KpiCadence.Daily => Start.AddDays(periods),
        KpiCadence.Weekly => Start.AddDays(7 * periods),
        KpiCadence.Monthly => Start.AddMonths(periods),
        KpiCadence.Quarterly => Start.AddMonths(3 * periods),
    });

    /// <summary>How many periods this one lies after another.</summary>
    public int Minus(KpiPeriod other) => Cadence switch
    {
        KpiCadence.Daily => Start.DayNumber - other.Start.DayNumber,
        KpiCadence.Weekly => (Start.DayNumber - other.Start.DayNumber) / 7,
        KpiCadence.Monthly => Months(Start) - Months(other.Start),
        KpiCadence.Quarterly => (Months(Start) - Months(other.Start)) / 3,
    };

    /// <summary>As 2026-11-22, 2026-W47, 2026-11 or 2026-Q4.</summary>
    public override string ToString() => Cadence switch
    {
        KpiCadence.Daily => Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        KpiCadence.Weekly => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(AtMidnight(Start)):0000}-W{ISOWeek.GetWeekOfYear(AtMidnight(Start)):00}"),
        KpiCadence.Monthly => Start.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        KpiCadence.Quarterly => string.Create(CultureInfo.InvariantCulture, $"{Start.Year:0000}-Q{((Start.Month - 1) / 3) + 1}"),
    };

    /// <summary>Reads the period's own form, or any day in it.</summary>
    public static bool TryParse(KpiCadence cadence, string? text, out KpiPeriod period)
    {
        period = default;
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        var trimmed = text.Trim();
        if (DateOnly.TryParseExact(trimmed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            period = Of(cadence, day);
            return true;
        }

        DateOnly? start = cadence switch
        {
            KpiCadence.Daily => null,
            KpiCadence.Weekly => Week(trimmed),
            KpiCadence.Monthly => DateOnly.TryParseExact(trimmed, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null,
            KpiCadence.Quarterly => Quarter(trimmed),
        };
        period = start is { } found ? new KpiPeriod(cadence, found) : default;
        return start is not null;
    }

    public int CompareTo(KpiPeriod other) => Start.CompareTo(other.Start);

    public static bool operator <(KpiPeriod left, KpiPeriod right) => left.CompareTo(right) < 0;

    public static bool operator >(KpiPeriod left, KpiPeriod right) => left.CompareTo(right) > 0;

    public static bool operator <=(KpiPeriod left, KpiPeriod right) => left.CompareTo(right) <= 0;

    public static bool operator >=(KpiPeriod left, KpiPeriod right) => left.CompareTo(right) >= 0;

    private static int Months(DateOnly day) => (day.Year * 12) + day.Month;

    private static DateTime AtMidnight(DateOnly day) => day.ToDateTime(TimeOnly.MinValue);

    private static (int Year, int Number)? Parts(string text, string letter, int digits)
    {
        var parts = text.Split($"-{letter}");
        return parts.Length == 2 && parts[0].Length == 4 && parts[1].Length == digits
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year >= 1
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? (year, number)
                : null;
    }

    private static DateOnly? Week(string text) => Parts(text, "W", 2) is (var year, var week) && week >= 1 && week <= ISOWeek.GetWeeksInYear(year)
        ? DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday))
        : null;

    private static DateOnly? Quarter(string text) => Parts(text, "Q", 1) is (var year, var quarter and >= 1 and <= 4) ? new DateOnly(year, ((quarter - 1) * 3) + 1, 1) : null;
}
