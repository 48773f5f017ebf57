using System.Globalization;

namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>Turns what a user wrote into queries that give one number a minute.</summary>
/// <remarks>
/// The increase of a counter over (t − 1 min, t] is not <c>increase(x[1m])</c>: that window misses what happened between its first
/// sample and the one before, extrapolates over the hole, and gives broken numbers. A window wider by one scrape interval d holds,
/// for samples d apart, exactly the samples that span one minute, and Prometheus extrapolates their increase by (60 + d) / 60;
/// multiplied by 60 / (60 + d) it is the exact increase of that minute, resets included, and the minutes of a day add up to the
/// day. The window is 1 ms shorter, so that a sample on its far edge is in it neither for the closed windows of Prometheus 2 nor for
/// the half-open ones of 3. Where the interval is stated wrongly, or scrapes are missing, it is an estimate as good as
/// <c>increase</c>. A counter's first minute after a start from zero is read a little low: extrapolation stops at zero.
/// </remarks>
internal static class PromQl
{
    public const int MaxLength = 5_000;

    /// <summary>Events per minute from a counter.</summary>
    public static string IncreasePerMinute(string counter, int scrapeSeconds, string by = "")
    {
        var window = (60_000 + (scrapeSeconds * 1000) - 1).ToString(CultureInfo.InvariantCulture);
        var range = IsSelector(counter) ? $"{counter}[{window}ms]" : $"({counter})[{window}ms:{scrapeSeconds.ToString(CultureInfo.InvariantCulture)}s]";
        return $"sum{by} (increase({range})) * 60000 / {window}";
    }

    /// <summary>Whether an expression is a plain selector, such as <c>http_requests_total{code=~"2.."}</c>, of which a range can be taken.</summary>
    public static bool IsSelector(string expression)
    {
        var text = expression.AsSpan().Trim();
        var name = 0;
        while (name < text.Length && (char.IsAsciiLetterOrDigit(text[name]) || text[name] is '_' or ':'))
        {
            name++;
        }

        if (name > 0 && char.IsAsciiDigit(text[0]))
        {
            return false;
        }

        var rest = text[name..].TrimStart();
        if (rest.IsEmpty)
        {
            return name > 0;
        }

        return rest[0] == '{' && EndOfMatchers(rest) == rest.Length;
    }

    /// <summary>Position after the brace that closes the first one; braces inside quotes do not count.</summary>
    private static int EndOfMatchers(ReadOnlySpan<char> text)
    {
        var quote = '\0';
        for (var i = 1; i < text.Length; i++)
        {
            if (quote != '\0')
            {
                if (text[i] == '\\' && quote != '`')
                {
                    i++;
                }
                else if (text[i] == quote)
                {
                    quote = '\0';
                }
            }
            else if (text[i] is '"' or '\'' or '`')
            {
                quote = text[i];
            }
            else if (text[i] == '}')
            {
                return i + 1;
            }
        }

        return -1;
    }
}
