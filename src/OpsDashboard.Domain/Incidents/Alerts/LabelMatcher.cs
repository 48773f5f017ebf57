using System.Text.RegularExpressions;

namespace OpsDashboard.Domain.Incidents.Alerts;

public enum MatchOperator
{
    Equal,
    NotEqual,
    Matches,
    DoesNotMatch,
}

/// <summary>A condition on a label as Alertmanager has it: a label that is missing is an empty text, and a pattern must match all of it.</summary>
public sealed partial record LabelMatcher(string Label, MatchOperator Operator, string Value)
{
    public const int MaxLabelLength = 200;
    public const int MaxValueLength = 500;

    /// <summary>Linear in the text by its engine; the limit is for a machine that is busy elsewhere.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);

    private Regex? pattern;

    /// <summary>What is wrong with it; null when it can be used.</summary>
    public string? Check()
    {
        if (!LabelName().IsMatch(Label) || Label.Length > MaxLabelLength)
        {
            return "A label has letters, digits, underscores, dots and hyphens, and begins with a letter or an underscore.";
        }

        if (Value.Length > MaxValueLength)
        {
            return $"A value has at most {MaxValueLength} characters.";
        }

        try
        {
            _ = IsPattern ? Pattern() : null;
            return null;
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return $"\"{Value}\" is not a regular expression that can be used here: as in RE2 there are no look-arounds and no references back.";
        }
    }

    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        var text = labels.GetValueOrDefault(Label, "");
        return Operator switch
        {
            MatchOperator.Equal => text == Value,
            MatchOperator.NotEqual => text != Value,
            MatchOperator.Matches => Pattern().IsMatch(text),
            MatchOperator.DoesNotMatch => !Pattern().IsMatch(text),
        };
    }

    /// <summary>As it is written: severity=~"crit.*".</summary>
    public override string ToString() => $"{Label}{Sign(Operator)}\"{Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Reads what <see cref="ToString"/> writes; quotation marks may be left out.</summary>
    /// <returns>Null when the text is no matcher; whether it can be used says <see cref="Check"/>.</returns>
    public static LabelMatcher? Parse(string text)
    {
        var found = Written().Match(text);
        if (!found.Success)
        {
            return null;
        }

        var value = found.Groups["quoted"].Success
            ? found.Groups["quoted"].Value.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
            : found.Groups["bare"].Value;
        var sign = found.Groups["sign"].Value switch
        {
            "=~" => MatchOperator.Matches,
            "!~" => MatchOperator.DoesNotMatch,
            "!=" => MatchOperator.NotEqual,
            _ => MatchOperator.Equal,
        };
        return new(found.Groups["label"].Value, sign, value);
    }

    public bool Equals(LabelMatcher? other) => other is not null && (Label, Operator, Value) == (other.Label, other.Operator, other.Value);

    public override int GetHashCode() => HashCode.Combine(Label, Operator, Value);

    private bool IsPattern => Operator is MatchOperator.Matches or MatchOperator.DoesNotMatch;

    private static string Sign(MatchOperator sign) => sign switch
    {
        MatchOperator.Equal => "=",
        MatchOperator.NotEqual => "!=",
        MatchOperator.Matches => "=~",
        MatchOperator.DoesNotMatch => "!~",
    };

    // As Alertmanager: the whole value, and a dot also matches a line break.
    private Regex Pattern() => pattern ??= new Regex(
        $@"\A(?:{Value})\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        Limit);

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_.\-]*\z", RegexOptions.CultureInvariant, 500)]
    private static partial Regex LabelName();

    [GeneratedRegex(@"\A\s*(?<label>[^\s=!~""]+)\s*(?<sign>=~|!~|!=|=)\s*(?:""(?<quoted>(?:\\.|[^""\\])*)""|(?<bare>[^""\s][^""]*?|))\s*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Written();
}
