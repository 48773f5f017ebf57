using System.Globalization;

namespace OpsDashboard.Web.Ui;

/// <summary>
/// How every figure is written. Nothing is ever rounded to the better side of a promise: what is below the target never
/// reads as the target, what is below 100 % never as 100 %, and what is left of a budget is rounded down.
/// </summary>
public static class Numbers
{
    /// <summary>Stands where there is nothing to show.</summary>
    public const string None = "—";

    private const char Minus = '\u2212';
    private const int MostDigits = 12;

    /// <summary>An availability with the digits its target needs and one more: 99.962 % for a target of 99.95 %.</summary>
    /// <param name="ratio">Fraction of good, 0 to 1.</param>
    /// <param name="target">Fraction promised, 0 to 1.</param>
    public static string Availability(decimal? ratio, decimal target)
    {
        if (ratio is not { } value)
        {
            return None;
        }

        var percent = value * 100;
        var promised = target * 100;
        var digits = Math.Min(MostDigits, DigitsNeeded(promised) + 1);
        var rounded = Math.Round(percent, digits, MidpointRounding.ToEven);
        if ((percent < promised && rounded >= promised) || (percent < 100 && rounded >= 100))
        {
            rounded = Floor(percent, digits);
        }

        return Fixed(rounded, digits) + " %";
    }

    /// <summary>A target as it was promised, without digits it does not need: 99.95 %, 99 %.</summary>
    public static string Target(decimal ratio)
    {
        var percent = ratio * 100;
        return Fixed(percent, DigitsNeeded(percent)) + " %";
    }

    /// <summary>A share rounded down, so that 100 % means all: coverage, parts of a whole.</summary>
    public static string Share(decimal? ratio, int digits = 1)
    {
        if (ratio is not { } value)
        {
            return None;
        }

        var percent = Floor(value * 100, digits);
        return (percent == Math.Truncate(percent) ? Fixed(percent, 0) : Fixed(percent, digits)) + " %";
    }

    /// <summary>What is left of a budget in percent, rounded down, signed: 62 %, 0.4 %, −58 %.</summary>
    /// <param name="remainingRatio">1 is untouched, 0 spent, −1.5 means two and a half budgets were spent.</param>
    public static string BudgetLeft(decimal? remainingRatio)
    {
        if (remainingRatio is not { } ratio)
        {
            return None;
        }

        var percent = ratio * 100;
        if (percent is > 0 and < 0.1m)
        {
            return "<0.1 %";
        }

        var digits = percent is > -1 and < 1 and not 0 ? 1 : 0;
        return Fixed(Floor(percent, digits), digits) + " %";
    }

    /// <summary>A budget of seconds: "31 m 04 s of 43 m 12 s".</summary>
    public static string BudgetOfTime(decimal remainingSeconds, decimal totalSeconds) =>
        $"{Duration((long)Math.Floor(remainingSeconds))} of {Duration((long)Math.Floor(totalSeconds))}";

    /// <summary>A budget of events: "1,204 of 12,000 requests".</summary>
    /// <param name="noun">What is counted, in the plural.</param>
    public static string BudgetOfEvents(decimal remaining, decimal total, string noun = "requests") =>
        $"{Count((long)Math.Floor(remaining))} of {Count((long)Math.Floor(total))} {noun}";

    /// <summary>The two largest units of a span: 12 s, 31 m 04 s, 4 h 23 m, 3 d 04 h. Signed, rounded towards zero.</summary>
    public static string Duration(long seconds)
    {
        var sign = seconds < 0 ? Minus.ToString() : "";
        var s = Math.Abs(seconds);
        var text = s switch
        {
            < 60 => Invariant($"{s} s"),
            < 3600 => Invariant($"{s / 60} m {s % 60:00} s"),
            < 172_800 => Invariant($"{s / 3600} h {s % 3600 / 60:00} m"),
            _ => Invariant($"{s / 86_400} d {s % 86_400 / 3600:00} h"),
        };
        return sign + text;
    }

    public static string Duration(TimeSpan span) => Duration((long)span.TotalSeconds);

    /// <summary>A span a forecast is worth, one unit, rounded down: 40 s, 12 min, 7 h, 3 d.</summary>
    public static string Roughly(TimeSpan span) => span switch
    {
        { TotalSeconds: <= 0 } => "now",
        { TotalSeconds: < 90 } => Invariant($"{(long)span.TotalSeconds} s"),
        { TotalMinutes: < 90 } => Invariant($"{(long)span.TotalMinutes} min"),
        { TotalHours: < 48 } => Invariant($"{(long)span.TotalHours} h"),
        _ => Invariant($"{(long)span.TotalDays} d"),
    };

    /// <summary>A burn rate: 1× spends exactly the budget in its window. 14.4×, 0.2×, 144×.</summary>
    public static string Burn(decimal? rate) => rate switch
    {
        null => None,
        0 => "0×",
        > 0 and < 0.1m => "<0.1×",
        >= 100 => Fixed(Math.Round(rate.Value, 0, MidpointRounding.ToEven), 0) + "×",
        _ => Fixed(Math.Round(rate.Value, 1, MidpointRounding.ToEven), 1) + "×",
    };

    public static string Count(long value) => Sign(value < 0) + Math.Abs((decimal)value).ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A change with its sign and unit: +0.3 %, −4.1×, ±0.</summary>
    /// <param name="unit">Set as it follows the figure, with its space where it has one: " %", "×".</param>
    public static string Delta(decimal change, int digits = 1, string unit = "")
    {
        var rounded = Math.Round(change, digits, MidpointRounding.ToEven);
        return rounded switch
        {
            0 => "±0" + unit,
            > 0 => "+" + Fixed(rounded, digits) + unit,
            _ => Fixed(rounded, digits) + unit,
        };
    }

    /// <summary>A latency: 0.8 ms, 245 ms, 1.24 s; minutes and hours as a duration, 10 h 39 m.</summary>
    public static string Milliseconds(decimal? milliseconds) => milliseconds switch
    {
        null => None,
        < 10 => Fixed(Math.Round(milliseconds.Value, 1, MidpointRounding.ToEven), 1) + " ms",
        < 1000 => Fixed(Math.Round(milliseconds.Value, 0, MidpointRounding.ToEven), 0) + " ms",
        < 10_000 => Fixed(Math.Round(milliseconds.Value / 1000, 2, MidpointRounding.ToEven), 2) + " s",
        < 120_000 => Fixed(Math.Round(milliseconds.Value / 1000, 1, MidpointRounding.ToEven), 1) + " s",
        _ => Duration((long)decimal.Round(milliseconds.Value / 1000)),
    };

    /// <summary>Money with its currency; no cents from 1,000 on.</summary>
    /// <param name="currency">ISO 4217 code.</param>
    public static string Money(decimal amount, string currency)
    {
        var digits = Math.Abs(amount) >= 1000 ? 0 : 2;
        return $"{currency} {Fixed(Math.Round(amount, digits, MidpointRounding.ToEven), digits)}";
    }

    /// <summary>A measured value with its unit, four significant digits at most.</summary>
    public static string Measured(decimal? value, string? unit)
    {
        if (value is not { } amount)
        {
            return None;
        }

        var digits = Math.Abs(amount) switch { >= 1000 => 0, >= 100 => 1, >= 10 => 2, _ => 3 };
        var rounded = Math.Round(amount, digits, MidpointRounding.ToEven);
        var text = Fixed(rounded, Math.Min(digits, DigitsNeeded(rounded)));
        return unit switch
        {
            null or "" => text,
            "percent" or "%" => text + " %",
            _ => $"{text} {unit}",
        };
    }

    private static int DigitsNeeded(decimal value)
    {
        var digits = 0;
        while (digits < MostDigits && Math.Round(value, digits, MidpointRounding.ToEven) != value)
        {
            digits++;
        }

        return digits;
    }

    private static decimal Floor(decimal value, int digits) => Math.Round(value, digits, MidpointRounding.ToNegativeInfinity);

    private static string Fixed(decimal value, int digits) =>
        Sign(value < 0) + Math.Abs(value).ToString("#,0." + new string('0', digits), CultureInfo.InvariantCulture);

    private static string Sign(bool negative) => negative ? Minus.ToString() : "";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
