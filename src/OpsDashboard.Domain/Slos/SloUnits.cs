namespace OpsDashboard.Domain.Slos;

public enum BudgetUnit
{
    Events,
    Seconds,
}

/// <summary>What the integers of a tally stand for, by budgeting method.</summary>
/// <remarks>
/// Occurrences count events (for gauges: minutes). Timeslices count minutes. Ratio timeslices count fractions of a minute in fixed
/// point: <see cref="RatioUnit"/> to the minute.
/// </remarks>
public static class SloUnits
{
    /// <summary>
    /// 2^4 · 3^3 · 5^3 · 7 · 11 · 13 · 17 · 19 · 23 · 29: divisible by every number up to 30 and by 1000, so the ratio of a quiet
    /// minute is exact, and a leap year of minutes still fits 64 bits. Any other ratio is rounded to the nearest unit, half to even:
    /// an error of at most 4.3e-14 of a minute, and complementary ratios still add up to one.
    /// </summary>
    public const long RatioUnit = 11_645_447_814_000;

    public static BudgetUnit UnitOf(BudgetingMethod method) => method switch
    {
        BudgetingMethod.Occurrences => BudgetUnit.Events,
        BudgetingMethod.Timeslices => BudgetUnit.Seconds,
        BudgetingMethod.RatioTimeslices => BudgetUnit.Seconds,
    };

    /// <summary>Units in one minute; 0 for occurrences, where a minute has no size of its own.</summary>
    public static long PerMinute(BudgetingMethod method) => method switch
    {
        BudgetingMethod.Occurrences => 0,
        BudgetingMethod.Timeslices => 1,
        BudgetingMethod.RatioTimeslices => RatioUnit,
    };

    /// <summary>Units as people read them: events, or seconds; to nine decimals.</summary>
    public static decimal ToDisplay(BudgetingMethod method, decimal units) => decimal.Round(
        method switch
        {
            BudgetingMethod.Occurrences => units,
            BudgetingMethod.Timeslices => units * 60m,
            BudgetingMethod.RatioTimeslices => units * 60m / RatioUnit,
        },
        9);
}
