namespace OpsDashboard.Web.Live;

/// <summary>What a client may follow: a known topic and a key of the shape that topic's keys have.</summary>
internal readonly record struct LiveSubject(string Topic, string Key)
{
    /// <summary>Longer than any id the catalog accepts.</summary>
    public const int MaxKeyLength = 300;

    /// <summary>Topics with the path their keys are, or the keys there are.</summary>
    private static readonly Dictionary<string, (string Path, string[] Keys)> Topics = new(StringComparer.Ordinal)
    {
        ["slo"] = ("platform/service/slo", []),
        ["service"] = ("platform/service", []),
        ["platform"] = ("platform", []),
        ["dashboard"] = ("", ["operations", "executive", "development"]),
        ["catalog"] = ("", ["all"]),
        ["maintenance"] = ("", ["all"]),
        ["incident"] = ("number", []),
        ["incidents"] = ("", ["all"]),
        ["status"] = ("page", []),
        ["demo"] = ("", ["progress"]),
        ["oncall"] = ("", ["all"]),
        ["paging"] = ("", ["all"]),
        ["alerts"] = ("", ["all"]),
    };

    /// <summary>Name of the SignalR group; a topic holds no space, so no two subjects share one.</summary>
    public string Group => $"{Topic} {Key}";

    /// <summary>Null when the subject may be followed, else what is wrong with it.</summary>
    public static string? FaultOf(string? topic, string? key)
    {
        if (topic is null || !Topics.TryGetValue(topic, out var shape))
        {
            return $"topic must be one of {string.Join(", ", Topics.Keys)}.";
        }

        if (string.IsNullOrEmpty(key) || key.Length > MaxKeyLength)
        {
            return $"key must have 1 to {MaxKeyLength} characters.";
        }

        if (shape.Keys.Length > 0)
        {
            return shape.Keys.Contains(key, StringComparer.Ordinal) ? null : $"key of {topic} must be one of {string.Join(", ", shape.Keys)}.";
        }

        var segments = key.Split('/');
        return segments.Length == shape.Path.Split('/').Length && !segments.Any(part => part.Length == 0 || part.Any(IsForeign))
            ? null
            : $"key of {topic} must be a path like {shape.Path}.";
    }

    private static bool IsForeign(char letter) => char.IsWhiteSpace(letter) || char.IsControl(letter);
}
