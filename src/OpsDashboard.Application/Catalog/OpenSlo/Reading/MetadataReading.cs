using System.Text.RegularExpressions;
using OpsDashboard.Application.Catalog.OpenSlo.Yaml;

namespace OpsDashboard.Application.Catalog.OpenSlo.Reading;

internal static partial class MetadataReading
{
    // The patterns are linear; the limit is there for a fault in them, and far above what a busy machine may take a thread away.
    private const int MatchTimeout = 10_000;

    private const int MaxDisplayName = 200;

    private const string KeyExpectation =
        "a key of at most 63 letters, digits, '-', '_' or '.', starting and ending with a letter or digit";

    public static OpenSloMetadata? Read(Fields? fields, OpenSloKind kind)
    {
        if (fields is null)
        {
            return null;
        }

        var name = fields.Text("name", NameExpectation(kind));
        if (name is not null && !IsName(kind, name))
        {
            fields.Fault("name", NameExpectation(kind), $"\"{name}\"");
        }

        var metadata = new OpenSloMetadata
        {
            Name = name ?? string.Empty,
            DisplayName = fields.Text("displayName", null, MaxDisplayName),
            Labels = Labels(fields.Object("labels")),
            Annotations = Annotations(fields.Object("annotations")),
        };
        fields.RefuseOthers();
        return metadata;
    }

    // Names of services, SLIs and SLOs become parts of ids and addresses, so RFC 1123 holds to the letter. The
    // specification's own examples name policies and targets with capitals, and no id is made of those.
    private static bool IsName(OpenSloKind kind, string name)
        => HasStrictName(kind) ? StrictName().IsMatch(name) : LooseName().IsMatch(name);

    private static bool HasStrictName(OpenSloKind kind)
        => kind is OpenSloKind.Service or OpenSloKind.Sli or OpenSloKind.Slo;

    private static string NameExpectation(OpenSloKind kind)
        => $"a name by RFC 1123: at most 63 {(HasStrictName(kind) ? "lower-case letters" : "letters")}, digits or '-', starting and ending with a letter or digit";

    private static Dictionary<string, IReadOnlyList<string>> Labels(Fields? fields)
    {
        var labels = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var entry in fields?.Map.Entries ?? [])
        {
            var path = fields!.PathOf(entry.Key);
            if (!KeyName().IsMatch(entry.Key))
            {
                fields.FaultAt(entry.Value, path, KeyExpectation, $"\"{entry.Key}\"");
            }

            IReadOnlyList<YamlNode> values = entry.Value is YamlList list ? list.Items : [entry.Value];
            if (values.Any(v => v is not YamlScalar { IsText: true }))
            {
                fields.FaultAt(entry.Value, path, "text or a list of texts");
                continue;
            }

            labels[entry.Key] = [.. values.Cast<YamlScalar>().Select(v => v.Text)];
        }

        return labels;
    }

    private static Dictionary<string, string> Annotations(Fields? fields)
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in fields?.Map.Entries ?? [])
        {
            var path = fields!.PathOf(entry.Key);
            if (!AnnotationKey().IsMatch(entry.Key))
            {
                fields.FaultAt(entry.Value, path, $"an optional DNS prefix and '/', then {KeyExpectation}", $"\"{entry.Key}\"");
            }

            if (entry.Value is YamlScalar { IsText: true, Text: var text })
            {
                annotations[entry.Key] = text;
            }
            else
            {
                fields.FaultAt(entry.Value, path, "text (a number or truth value needs quotes)");
            }
        }

        return annotations;
    }

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex StrictName();

    [GeneratedRegex(@"^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\z", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex LooseName();

    [GeneratedRegex(@"^[a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?\z", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex KeyName();

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?\z", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex AnnotationKey();
}
