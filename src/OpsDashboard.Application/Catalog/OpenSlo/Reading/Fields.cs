using OpsDashboard.Application.Catalog.OpenSlo.Yaml;

namespace OpsDashboard.Application.Catalog.OpenSlo.Reading;

/// <summary>
/// Reads the fields of one mapping by name, reports each that has the wrong type, and at the end each that nobody asked
/// for. A reader gives null for a field it reported, so that reading goes on.
/// </summary>
internal sealed class Fields(YamlMap map, string file, string path, FaultSink sink)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public string File => file;

    public string Path => path;

    public FaultSink Sink => sink;

    public YamlMap Map => map;

    /// <summary>Null, and a fault, where the value is no mapping.</summary>
    public static Fields? Of(YamlNode node, string file, string path, FaultSink sink)
    {
        if (node is YamlMap map)
        {
            return new Fields(map, file, path, sink);
        }

        sink.Add(new OpenSloFault(file, node.Line, node.Column, path, "a mapping", node.Describe()));
        return null;
    }

    public bool Has(string name) => map.Find(name) is { Value: not YamlScalar { IsNull: true } };

    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>The value of a field; null where it is absent or empty.</summary>
    public YamlNode? Take(string name, string? expectedIfMissing = null)
    {
        asked.Add(name);
        if (map.Find(name) is not { Value: var value } || value is YamlScalar { IsNull: true })
        {
            if (expectedIfMissing is not null)
            {
                Fault(name, expectedIfMissing, "nothing");
            }

            return null;
        }

        return value;
    }

    public void Fault(string name, string expected, string found)
    {
        var (line, column) = map.Find(name) is { } entry
            ? entry.Value is YamlScalar { IsNull: true } ? (entry.Line, entry.Column) : (entry.Value.Line, entry.Value.Column)
            : (map.Line, map.Column);
        sink.Add(new OpenSloFault(file, line, column, PathOf(name), expected, found));
    }

    public void FaultAt(YamlNode node, string fullPath, string expected, string? found = null)
        => sink.Add(new OpenSloFault(file, node.Line, node.Column, fullPath, expected, found ?? node.Describe()));

    public void Notice(string name, string expected, string found)
    {
        var place = map.Find(name);
        sink.AddNotice(new OpenSloFault(
            file, place?.Line ?? map.Line, place?.Column ?? map.Column, PathOf(name), expected, found));
    }

    public string? Text(string name, string? expectedIfMissing = null, int maxLength = 0)
    {
        switch (Take(name, expectedIfMissing))
        {
            case null:
                return null;
            case YamlScalar { IsText: true, Text: var text }:
                if (text.Trim().Length == 0)
                {
                    Fault(name, expectedIfMissing ?? "text", "empty text");
                    return null;
                }

                if (maxLength > 0 && text.Length > maxLength)
                {
                    Fault(name, $"at most {maxLength} characters", $"{text.Length} characters");
                }

                return text;
            case YamlScalar { Text: var other } scalar:
                Fault(name, $"text; in quotes it would be: \"{other}\"", scalar.Describe());
                return null;
            case var node:
                Fault(name, expectedIfMissing ?? "text", node.Describe());
                return null;
        }
    }

    public string? Description() => Text("description", null, 1050);

    public bool? Flag(string name)
    {
        var node = Take(name);
        if (node is null || (node is YamlScalar scalar && scalar.AsFlag() is not null))
        {
            return ((YamlScalar?)node)?.AsFlag();
        }

        Fault(name, "true or false", node.Describe());
        return null;
    }

    public decimal? Number(string name, string expected, Func<decimal, bool> accepts, bool required = false)
    {
        var node = Take(name, required ? expected : null);
        if (node is null)
        {
            return null;
        }

        if (node is YamlScalar scalar && scalar.AsNumber() is { } number && accepts(number))
        {
            return number;
        }

        Fault(name, expected, node.Describe());
        return null;
    }

    public T? Word<T>(string name, IReadOnlyList<(string Word, T Value)> words, bool required = false)
        where T : struct, Enum
    {
        var expected = "one of " + string.Join(", ", words.Select(w => w.Word));
        var node = Take(name, required ? expected : null);
        if (node is null)
        {
            return null;
        }

        if (node is YamlScalar { Text: var text } && words.Any(w => w.Word == text))
        {
            return words.First(w => w.Word == text).Value;
        }

        Fault(name, expected, node.Describe());
        return null;
    }

    public OpenSloDuration? Duration(string name, bool required = false, bool allowZero = false)
    {
        var node = Take(name, required ? OpenSloDuration.Expectation : null);
        if (node is null)
        {
            return null;
        }

        if (node is YamlScalar { Text: var text } && OpenSloDuration.TryParse(text, allowZero, out var duration))
        {
            return duration;
        }

        Fault(name, OpenSloDuration.Expectation, node.Describe());
        return null;
    }

    public Fields? Object(string name, string? expectedIfMissing = null)
        => Take(name, expectedIfMissing) is { } node ? Of(node, file, PathOf(name), sink) : null;

    /// <summary>The items of a list with their paths; an empty field is an empty list.</summary>
    public IReadOnlyList<(YamlNode Node, string Path)> List(string name, string? expectedIfMissing = null)
    {
        switch (Take(name, expectedIfMissing))
        {
            case null:
                return [];
            case YamlList list:
                return [.. list.Items.Select((item, index) => (item, $"{PathOf(name)}[{index}]"))];
            case var node:
                Fault(name, "a list", node.Describe());
                return [];
        }
    }

    public Fields? Item((YamlNode Node, string Path) item) => Of(item.Node, file, item.Path, sink);

    /// <summary>Reports every field nobody asked for. To be called when all were asked.</summary>
    public void RefuseOthers()
    {
        foreach (var entry in map.Entries.Where(e => !asked.Contains(e.Key)))
        {
            var expected = "one of the fields " + string.Join(", ", asked.Order(StringComparer.Ordinal));
            sink.Add(new OpenSloFault(file, entry.Line, entry.Column, PathOf(entry.Key), expected, "an unknown field"));
        }
    }
}
