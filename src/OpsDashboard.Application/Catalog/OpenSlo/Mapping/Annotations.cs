using System.Globalization;
using OpsDashboard.Application.Catalog.OpenSlo.Reading;

namespace OpsDashboard.Application.Catalog.OpenSlo.Mapping;

/// <summary>The annotations this product reads; those of others are left alone.</summary>
internal static class AnnotationNames
{
    public const string Prefix = "opsdashboard/";
    public const string Id = Prefix + "id";
    public const string Kind = Prefix + "kind";
    public const string Unit = Prefix + "unit";
    public const string Counter = Prefix + "counter";
    public const string Tier = Prefix + "tier";
    public const string Percentile = Prefix + "percentile";
    public const string MinimumCoverage = Prefix + "minimum-coverage";
    public const string MinimumEvents = Prefix + "minimum-events";
    public const string MaintenanceMode = Prefix + "maintenance-mode";
    public const string MaintenanceCap = Prefix + "maintenance-cap-per-month";
    public const string MaintenanceNotice = Prefix + "maintenance-notice";
    public const string Document = Prefix + "clause-document";
    public const string ShortWindow = Prefix + "short-window";

    public static string Clause(int number, string field) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}clause-{number}.{field}");

    public static string Disagrees(int number, string field) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}disagrees-{number}.{field}");
}

/// <summary>Reads annotations by name and reports what is malformed, or starts with our prefix and means nothing.</summary>
internal sealed class Annotations(OpenSloMetadata metadata, OpenSloSource source, string metadataPath, FaultSink sink)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public string? Text(string name)
    {
        asked.Add(name);
        return metadata.Annotations.TryGetValue(name, out var text) && text.Trim().Length > 0 ? text : null;
    }

    public void Fault(string name, string expected)
        => sink.Add(source.Fault($"{metadataPath}.annotations.{name}", expected, $"\"{metadata.Annotations.GetValueOrDefault(name)}\""));

    public void Missing(string name, string expected)
        => sink.Add(source.Fault($"{metadataPath}.annotations.{name}", expected, "nothing"));

    public decimal? Number(string name, string expected, Func<decimal, bool> accepts)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && accepts(number))
        {
            return number;
        }

        Fault(name, expected);
        return null;
    }

    /// <summary>Minutes of a duration up to weeks.</summary>
    public int? Minutes(string name, bool allowZero = false)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (OpenSloDuration.TryParse(text, allowZero, out var duration) && duration.FixedMinutes is { } minutes)
        {
            return minutes;
        }

        Fault(name, "a duration in minutes (m), hours (h), days (d) or weeks (w)");
        return null;
    }

    public T? Word<T>(string name, IReadOnlyList<(string Word, T Value)> words)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        foreach (var (word, value) in words)
        {
            if (word == text)
            {
                return value;
            }
        }

        Fault(name, "one of " + string.Join(", ", words.Select(w => w.Word)));
        return null;
    }

    public void RefuseOthers()
    {
        foreach (var name in metadata.Annotations.Keys)
        {
            if (name.StartsWith(AnnotationNames.Prefix, StringComparison.Ordinal) && !asked.Contains(name))
            {
                Fault(name, "one of " + string.Join(", ", asked.Order(StringComparer.Ordinal)));
            }
        }
    }
}
