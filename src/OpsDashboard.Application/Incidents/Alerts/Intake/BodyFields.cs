using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Incidents.Alerts.Intake;

/// <summary>Reads the fields of a body that others define: what it does not know it passes over, what is wrong it names, and all of it at once.</summary>
internal sealed partial class BodyFields
{
    public const int MaxLabels = 100;
    public const int MaxLabelNameLength = 200;
    public const int MaxLabelValueLength = 4_000;

    /// <summary>More faults than anybody reads are not listed.</summary>
    private const int MaxFaults = 50;

    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public List<Fault> Faults { get; } = [];

    public void Refuse(string pointer, string rule, string message)
    {
        if (Faults.Count < MaxFaults)
        {
            Faults.Add(new Fault(pointer, rule, message));
        }
    }

    /// <summary>Null where it is missing, null or, with a fault, no text.</summary>
    public string? Text(JsonElement of, string name, string at)
    {
        if (!of.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return TextOf(value, $"{at}/{name}");
        }

        Refuse($"{at}/{name}", $"{name}.text", $"{name} must be a text.");
        return null;
    }

    /// <summary>Where it is missing or null: none.</summary>
    public Dictionary<string, string> Texts(JsonElement of, string name, string at)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!of.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return texts;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Refuse($"{at}/{name}", $"{name}.object", $"{name} must be an object of texts.");
            return texts;
        }

        foreach (var entry in value.EnumerateObject())
        {
            if (texts.Count == MaxLabels)
            {
                Refuse($"{at}/{name}", $"{name}.tooMany", $"At most {MaxLabels} {name}.");
                break;
            }

            Add(texts, entry, name, $"{at}/{name}");
        }

        return texts;
    }

    /// <summary>Milliseconds since the epoch; null where it is missing, null, or the zero time of a Go program.</summary>
    public long? Instant(JsonElement of, string name, string at)
    {
        if (Text(of, name, at) is not { Length: > 0 } text)
        {
            return null;
        }

        if (WithOffset().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var instant))
        {
            return instant < Earliest ? null : instant.ToUnixTimeMilliseconds();
        }

        Refuse($"{at}/{name}", $"{name}.rfc3339", $"{name} must be an RFC 3339 instant, such as 2026-11-22T10:00:00Z.");
        return null;
    }

    private void Add(Dictionary<string, string> texts, JsonProperty entry, string name, string at)
    {
        var pointer = $"{at}/{Escape(entry.Name)}";
        if (entry.Name.Length > MaxLabelNameLength)
        {
            Refuse(at, $"{name}.name", $"A name in {name} has at most {MaxLabelNameLength} characters.");
        }
        else if (entry.Value.ValueKind != JsonValueKind.String)
        {
            Refuse(pointer, $"{name}.text", $"Every value in {name} must be a text.");
        }
        else if (TextOf(entry.Value, pointer) is { } text)
        {
            if (text.Length > MaxLabelValueLength)
            {
                Refuse(pointer, $"{name}.tooLong", $"A value in {name} has at most {MaxLabelValueLength} characters.");
            }
            else
            {
                texts[entry.Name] = text;
            }
        }
    }

    private string? TextOf(JsonElement value, string pointer)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is found only when the escape is turned into text.
            Refuse(pointer, "text.escape", "The text holds an escape sequence that is no text.");
            return null;
        }
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex WithOffset();
}
