using System.Globalization;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Kpis;

/// <summary>KPIs in words and figures, the same on screens, in summaries and on paper.</summary>
public static class KpiText
{
    public const string None = "—";

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Never rounded across the target: it gets as many digits as it takes to tell on which side it lies.</summary>
    public static string Amount(decimal? value, KpiUnit unit, KpiAim? aim = null)
    {
        if (value is not { } amount)
        {
            return None;
        }

        var scale = unit == KpiUnit.Ratio ? 100 : 1;
        for (var digits = Digits(amount * scale, unit); ; digits++)
        {
            var rounded = decimal.Round(amount * scale, digits, MidpointRounding.AwayFromZero);
            if (digits >= 8 || aim is null || aim.IsMetBy(rounded / scale) == aim.IsMetBy(amount))
            {
                return WithUnit(rounded, digits, unit);
            }
        }
    }

    /// <summary>"at least 95 %", "below $0.001", "70 % to 80 %".</summary>
    public static string Target(KpiAim aim, KpiUnit unit) => (aim.Limit, aim.Upper) switch
    {
        (null, _) => "no target",
        ({ } low, { } high) => $"{Plain(low, unit)} to {Plain(high, unit)}",
        ({ } limit, null) when unit == KpiUnit.YesNo => limit > 0 ? "yes" : "no",
        ({ } limit, null) => $"{Word(aim.Comparison)} {Plain(limit, unit)}",
    };

    /// <summary>With its sign: percentage points for shares.</summary>
    public static string Change(decimal change, KpiUnit unit)
    {
        var scale = unit == KpiUnit.Ratio ? 100 : 1;
        var rounded = decimal.Round(change * scale, Digits(change * scale, unit), MidpointRounding.AwayFromZero);
        var sign = rounded > 0 ? "+" : rounded < 0 ? "−" : "±";
        var amount = Math.Abs(rounded);
        return sign + (unit == KpiUnit.Ratio ? string.Create(English, $"{amount:#,0.############} pt") : WithUnit(amount, 0, unit));
    }

    public static string State(KpiState state) => state switch
    {
        KpiState.OnTarget => "On target",
        KpiState.AtRisk => "At risk",
        KpiState.Missed => "Missed",
        KpiState.Missing => "Missing",
        KpiState.NoBaseline => "No baseline",
        KpiState.NoTarget => "No target",
    };

    public static string Cadence(KpiCadence cadence) => cadence switch
    {
        KpiCadence.Daily => "day",
        KpiCadence.Weekly => "week",
        KpiCadence.Monthly => "month",
        KpiCadence.Quarterly => "quarter",
    };

    public static string Source(KpiSource source) => source switch
    {
        KpiSource.Computed => "Computed",
        KpiSource.Api => "API",
        KpiSource.Csv => "CSV",
        KpiSource.Form => "By hand",
        KpiSource.Record => "Carried over",
    };

    public static string Unit(KpiUnit unit) => unit switch
    {
        KpiUnit.Count => "count",
        KpiUnit.Ratio => "%",
        KpiUnit.Seconds => "s",
        KpiUnit.Minutes => "min",
        KpiUnit.Hours => "h",
        KpiUnit.Days => "days",
        KpiUnit.Weeks => "weeks",
        KpiUnit.Milliseconds => "ms",
        KpiUnit.Usd => "$",
        KpiUnit.Factor => "×",
        KpiUnit.Points => "points",
        KpiUnit.PerDay => "a day",
        KpiUnit.YesNo => "1 yes, 0 no",
    };

    public static string Change(KpiChange change) => change switch
    {
        KpiChange.None => "The value itself is judged.",
        KpiChange.Reduction => "Judged is the reduction: (baseline − value) / baseline.",
        KpiChange.Increase => "Judged is the increase: (value − baseline) / baseline.",
        KpiChange.Factor => "Judged is the factor: value / baseline.",
    };

    private static string Word(Comparison comparison) => comparison switch
    {
        Comparison.LessThan => "below",
        Comparison.LessOrEqual => "at most",
        Comparison.GreaterThan => "above",
        Comparison.GreaterOrEqual => "at least",
    };

    /// <summary>As it was written, with nothing rounded.</summary>
    private static string Plain(decimal value, KpiUnit unit) => WithUnit(unit == KpiUnit.Ratio ? value * 100 : value, 0, unit);

    private static int Digits(decimal amount, KpiUnit unit) => (unit, Math.Abs(amount)) switch
    {
        (KpiUnit.Count or KpiUnit.YesNo, >= 100) => 0,
        (KpiUnit.Count or KpiUnit.YesNo, var size) when decimal.Truncate(size) == size => 0,
        (_, >= 1_000) => 0,
        (_, >= 10) => 1,
        (_, >= 1) => 2,
        (_, 0) => 0,
        (_, >= 0.01m) => 3,
        _ => 6,
    };

    private static string WithUnit(decimal amount, int digits, KpiUnit unit)
    {
        var number = amount.ToString("#,0." + new string('#', Math.Max(digits, 12)), English).Replace('-', '−');
        return unit switch
        {
            KpiUnit.Count => number,
            KpiUnit.YesNo => amount > 0 ? "yes" : "no",
            KpiUnit.Ratio => $"{number} %",
            KpiUnit.Usd => number.StartsWith('−') ? $"−${number[1..]}" : $"${number}",
            KpiUnit.Factor => $"{number}×",
            _ => $"{number} {Unit(unit)}",
        };
    }
}
