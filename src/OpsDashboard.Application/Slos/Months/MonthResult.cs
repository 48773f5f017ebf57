using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Months;

/// <summary>A calendar month, UTC.</summary>
public readonly record struct YearMonth(int Year, int Month) : IComparable<YearMonth>
{
    /// <summary>Year × 100 + month, as stored.</summary>
    public int Number => (Year * 100) + Month;

    public static YearMonth FromNumber(int number) => new(number / 100, number % 100);

    public static YearMonth Of(DateTimeOffset instant) => new(instant.UtcDateTime.Year, instant.UtcDateTime.Month);

    public DateTimeOffset Start => new(Year, Month, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset End => Start.AddMonths(1);

    public YearMonth Plus(int months) => Of(Start.AddMonths(months));

    /// <summary>As 2026-11.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}");

    /// <param name="text">As 2026-11.</param>
    public static bool TryParse(string? text, out YearMonth month)
    {
        var parsed = DateTimeOffset.TryParseExact(
            text,
            "yyyy-MM",
            System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal,
            out var start);
        month = parsed ? Of(start) : default;
        return parsed;
    }

    public int CompareTo(YearMonth other) => Number.CompareTo(other.Number);

    public static bool operator <(YearMonth left, YearMonth right) => left.CompareTo(right) < 0;

    public static bool operator >(YearMonth left, YearMonth right) => left.CompareTo(right) > 0;

    public static bool operator <=(YearMonth left, YearMonth right) => left.CompareTo(right) <= 0;

    public static bool operator >=(YearMonth left, YearMonth right) => left.CompareTo(right) >= 0;
}

/// <summary>What one calendar month came to for one objective, whatever window it is otherwise judged over.</summary>
/// <param name="Sli">Null: nothing was measured.</param>
/// <param name="RemainingRatio">Signed share of the month's budget that is left.</param>
/// <param name="IsClosed">False while the month runs or late samples may still arrive.</param>
public sealed record MonthResult(
    YearMonth Month,
    SloDefinition Definition,
    SloState State,
    decimal? Sli,
    decimal Good,
    decimal Total,
    decimal BadSeconds,
    long ExcludedSeconds,
    decimal Coverage,
    decimal BudgetTotal,
    decimal? RemainingRatio,
    bool IsClosed)
{
    public bool IsBreached => State == SloState.Breached;

    /// <summary>Whether enough was seen in the month to judge it.</summary>
    public bool IsJudged => State != SloState.NoData;
}
