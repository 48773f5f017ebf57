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

        var (scale, large) = (unit == KpiUnit.Ratio ? 100m : 1m, Large(amount, unit));
        var least = Digits(amount * scale / large.Size, large.Size > 1 ? KpiUnit.PerDay : unit);
        for (var digits = unit == KpiUnit.Ratio && aim?.Limit is >= 0.9m and < 1 and var limit ? Math.Max(least, Decimals(limit * 100) + 1) : least; ; digits++)
        {
            var rounded = decimal.Round(amount * scale / large.Size, digits, MidpointRounding.AwayFromZero);
            var hidesRest = unit == KpiUnit.Ratio && rounded == 100 && amount < 1;
            if (digits >= 8 || (!hidesRest && (aim is null || aim.IsMetBy(rounded * large.Size / scale) == aim.IsMetBy(amount))))
            {
                return WithUnit(rounded, digits, unit) + large.Word;
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
        if (unit == KpiUnit.YesNo)
        {
            return change > 0 ? "now yes" : change < 0 ? "now no" : "±0";
        }

        var large = Large(change, unit);
        var rounded = decimal.Round(change * scale / large.Size, Digits(change * scale / large.Size, large.Size > 1 ? KpiUnit.PerDay : unit), MidpointRounding.AwayFromZero);
        var sign = rounded > 0 ? "+" : rounded < 0 ? "−" : "±";
        var amount = Math.Abs(rounded);
        return sign + (unit == KpiUnit.Ratio ? string.Create(English, $"{amount:#,0.############} pt") : WithUnit(amount, 0, unit) + large.Word);
    }

    public static string State(KpiState state) => state switch
    {
        KpiState.OnTarget => "On target",
        KpiState.AtRisk => "At risk",
        KpiState.Missed => "Missed",
        KpiState.Missing => "Missing",
        KpiState.Nothing => "Nothing to measure",
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

    /// <summary>Long numbers are read in millions or billions.</summary>
    private static (decimal Size, string Word) Large(decimal amount, KpiUnit unit) => (unit, Math.Abs(amount)) switch
    {
        (KpiUnit.Count or KpiUnit.Usd, >= 1_000_000_000) => (1_000_000_000, " bn"),
        (KpiUnit.Count, >= 10_000_000) or (KpiUnit.Usd, >= 1_000_000) => (1_000_000, " M"),
        _ => (1, ""),
    };

    private static int Decimals(decimal value) => (value / 1.000000000000000000000000000000000m).Scale;

    private static string Word(Comparison comparison) => comparison switch
    {
        Comparison.LessThan => "below",
        Comparison.LessOrEqual => "at most",
        Comparison.GreaterThan => "above",
        Comparison.GreaterOrEqual => "at least",
    };

    /// <summary>As it was written, with nothing rounded.</summary>
    private static string Plain(decimal value, KpiUnit unit) =>
        Large(value, unit) is var large && unit == KpiUnit.Ratio ? WithUnit(value * 100, 0, unit) : WithUnit(value / large.Size, 0, unit) + large.Word;

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
