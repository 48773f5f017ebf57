using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OpsDashboard.Application.Catalog.OpenSlo;

public enum OpenSloDurationUnit
{
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// <summary>The specification's duration shorthand: a whole number and one case-sensitive letter. <c>1m</c> is a minute, <c>1M</c> a month.</summary>
public readonly record struct OpenSloDuration(int Count, OpenSloDurationUnit Unit)
{
    internal const string Expectation =
        "a duration such as 5m (minutes), 1h, 7d, 4w, 1M (month), 1Q or 1Y, without spaces";

    private const string Letters = "mhdwMQY";

    /// <summary>Minutes of a unit of fixed length; null for months, quarters and years.</summary>
    public int? FixedMinutes => Unit switch
    {
        OpenSloDurationUnit.Minute => Count,
        OpenSloDurationUnit.Hour => Count * 60,
        OpenSloDurationUnit.Day => Count * 1440,
        OpenSloDurationUnit.Week => Count * 10080,
        OpenSloDurationUnit.Month or OpenSloDurationUnit.Quarter or OpenSloDurationUnit.Year => null,
    };

    /// <summary>The largest unit that holds the minutes without a remainder, weeks excepted: 60 is <c>1h</c>, 10080 is <c>7d</c>.</summary>
    public static OpenSloDuration OfMinutes(int minutes) => minutes switch
    {
        > 0 when minutes % 1440 == 0 => new(minutes / 1440, OpenSloDurationUnit.Day),
        > 0 when minutes % 60 == 0 => new(minutes / 60, OpenSloDurationUnit.Hour),
        _ => new(minutes, OpenSloDurationUnit.Minute),
    };

    /// <summary>Accepts 0 only where the specification's default is 0 (<c>alertAfter: 0m</c>).</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, bool allowZero, out OpenSloDuration duration)
    {
        duration = default;
        if (text is not { Length: >= 2 and <= 6 } || !text.AsSpan(0, text.Length - 1).ContainsOnlyDigits())
        {
            return false;
        }

        var unit = Letters.IndexOf(text[^1], StringComparison.Ordinal);
        var count = int.Parse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture);
        if (unit < 0 || (count == 0 && !allowZero))
        {
            return false;
        }

        duration = new OpenSloDuration(count, (OpenSloDurationUnit)unit);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}{Letters[(int)Unit]}");
}

file static class Digits
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}
