using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OpsDashboard.Application.Catalog.OpenSlo.Yaml;

/// <summary>Text that is no YAML, or YAML this reader refuses.</summary>
internal sealed class YamlRefusedException(int line, int column, string expected, string found) : Exception(found)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    public string Expected { get; } = expected;

    public string Found { get; } = found;
}

/// <summary>
/// Builds the tree of one YAML document from parser events. It creates no object from a tag, bounds depth and the size
/// that aliases unfold to, and gives every value its place; a deserialiser does none of the three.
/// </summary>
internal sealed class YamlTree
{
    private readonly IParser parser;
    private readonly int firstLine;
    private readonly Dictionary<string, YamlNode> anchors = new(StringComparer.Ordinal);

    private YamlTree(IParser parser, int firstLine)
    {
        this.parser = parser;
        this.firstLine = firstLine;
    }

    /// <param name="firstLine">Line of the file on which the text begins, from 1.</param>
    /// <returns>Null for a document without content.</returns>
    /// <exception cref="YamlRefusedException">The text is not one acceptable document.</exception>
    public static YamlNode? Parse(string text, int firstLine)
    {
        var events = new Parser(new Scanner(new StringReader(text), skipComments: true));
        try
        {
            events.Consume<StreamStart>();
            if (!events.TryConsume<DocumentStart>(out _))
            {
                return null;
            }

            var tree = new YamlTree(events, firstLine);
            var root = tree.Node(1);
            events.Consume<DocumentEnd>();
            if (events.Current is DocumentStart extra)
            {
                var (line, column) = tree.Place(extra.Start);
                throw new YamlRefusedException(line, column, "one document between two --- lines", "another document");
            }

            return root is YamlScalar { IsNull: true } ? null : root;
        }
        catch (YamlException fault)
        {
            var line = firstLine + (int)Math.Max(fault.Start.Line, 1) - 1;
            throw new YamlRefusedException(line, (int)Math.Max(fault.Start.Column, 1), "YAML", Reason(fault));
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The scanner throws these, without a place, on some malformed text (a directive within a flow sequence, say).
            var line = firstLine + (int)Math.Max(events.Current?.End.Line ?? 1, 1) - 1;
            throw new YamlRefusedException(line, (int)Math.Max(events.Current?.End.Column ?? 1, 1), "YAML", "malformed text");
        }
    }

    private static string Reason(YamlException fault)
    {
        var reason = (fault.InnerException ?? fault).Message;
        return reason.Length > 200 ? reason[..200] : reason;
    }

    private (int Line, int Column) Place(Mark mark) => (firstLine + (int)mark.Line - 1, (int)mark.Column);

    private YamlNode Node(int depth)
    {
        var (line, column) = Place(parser.Current!.Start);
        if (depth > OpenSloLimits.MaxDepth)
        {
            throw new YamlRefusedException(line, column, $"at most {OpenSloLimits.MaxDepth} levels", "deeper nesting");
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return anchors.TryGetValue(alias.Value.Value, out var target)
                ? target
                : throw new YamlRefusedException(line, column, "an alias of an anchor above", $"*{alias.Value.Value}");
        }

        if (parser.Current is not NodeEvent { Anchor: var anchor })
        {
            // The parser lets some malformed input through as an end without a value.
            throw new YamlRefusedException(line, column, "YAML", "a value missing");
        }

        var node = Content(depth, line, column);
        if (node.Size > OpenSloLimits.MaxNodes)
        {
            throw new YamlRefusedException(
                line, column, $"at most {OpenSloLimits.MaxNodes} values in a document", "more, aliases followed");
        }

        if (!anchor.IsEmpty)
        {
            anchors[anchor.Value] = node;
        }

        return node;
    }

    private YamlNode Content(int depth, int line, int column)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            var isText = scalar.Style != ScalarStyle.Plain
                || (!scalar.Tag.IsEmpty && scalar.Tag.Value == "tag:yaml.org,2002:str");
            return new YamlScalar(scalar.Value, !isText, line, column);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Node(depth + 1));
            }

            return new YamlList(items, line, column);
        }

        parser.Consume<MappingStart>();
        return Map(depth, line, column);
    }

    private YamlMap Map(int depth, int line, int column)
    {
        var entries = new List<YamlEntry>();
        var merged = new List<YamlMap>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(depth + 1) is not YamlScalar key)
            {
                throw new YamlRefusedException(line, column, "text as the key of a field", "a list or mapping as a key");
            }

            var value = Node(depth + 1);
            if (key is { Text: "<<", IsPlain: true } && Merged(value) is { } sources)
            {
                merged.AddRange(sources);
            }
            else if (keys.Add(key.Text))
            {
                entries.Add(new YamlEntry(key.Text, key.Line, key.Column, value));
            }
            else
            {
                throw new YamlRefusedException(key.Line, key.Column, "each field once", $"{key.Text} a second time");
            }
        }

        // A merge key (<<: *base) gives defaults: what the mapping says itself stays, the first source wins.
        entries.AddRange(merged.SelectMany(m => m.Entries).Where(e => keys.Add(e.Key)));
        return new YamlMap(entries, line, column);
    }

    private static IReadOnlyList<YamlMap>? Merged(YamlNode value) => value switch
    {
        YamlMap map => [map],
        YamlList { Items: var items } when items.All(i => i is YamlMap) => [.. items.Cast<YamlMap>()],
        _ => null,
    };
}
