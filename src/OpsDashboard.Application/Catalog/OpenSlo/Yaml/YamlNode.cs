using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsDashboard.Application.Catalog.OpenSlo.Yaml;

/// <summary>A value of a YAML document with its place in the file. Aliases point at the node of their anchor.</summary>
internal abstract class YamlNode(int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>Values below and including this one, each alias counted as what it stands for; long text counts as several.</summary>
    public long Size { get; protected set; } = 1;

    /// <summary>What it is, for a fault's Found.</summary>
    public abstract string Describe();

    /// <summary>The place of a field such as <c>spec.objectives[0].target</c>, or of its nearest parent.</summary>
    public (int Line, int Column) PlaceOf(string path)
    {
        YamlNode at = this;
        var rest = path;
        while (rest.Length > 0 && at.Step(rest, out var taken) is { } next)
        {
            at = next;
            rest = rest[taken..].TrimStart('.');
        }

        return (at.Line, at.Column);
    }

    /// <summary>The child the path starts with; a key may itself hold dots, so the longest match wins.</summary>
    protected virtual YamlNode? Step(string path, out int taken)
    {
        taken = 0;
        return null;
    }
}

internal sealed partial class YamlScalar : YamlNode
{
    // The patterns are linear; the limit is there for a fault in them, and far above what a busy machine may take a thread away.
    private const int MatchTimeout = 10_000;

    private const int CharactersPerValue = 64;

    private readonly bool isPlain;

    public YamlScalar(string text, bool isPlain, int line, int column)
        : base(line, column)
    {
        this.isPlain = isPlain;
        Text = text;
        Size = SizeOf(text);
    }

    public static long SizeOf(string text) => 1 + (text.Length / CharactersPerValue);

    public string Text { get; }

    /// <summary>Written without quotes, so that its text may mean a number, a truth value or nothing.</summary>
    public bool IsPlain => isPlain;

    public bool IsNull => isPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    public bool IsText => !isPlain || !(IsNull || AsFlag() is not null || AsNumber() is not null);

    public bool? AsFlag() => !isPlain ? null : Text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    /// <summary>Exact; null for text, and for a number a decimal cannot hold.</summary>
    public decimal? AsNumber()
        => isPlain && NumberPattern().IsMatch(Text)
            && decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public override string Describe()
    {
        var shown = Text.Length > 60 ? Text[..57] + "..." : Text;
        return IsNull ? "nothing"
            : IsText ? $"\"{shown}\""
            : AsFlag() is not null ? $"the truth value {shown}"
            : $"the number {shown}";
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex NumberPattern();
}

internal sealed class YamlList : YamlNode
{
    public YamlList(IReadOnlyList<YamlNode> items, int line, int column)
        : base(line, column)
    {
        Items = items;
        Size = 1 + items.Sum(i => i.Size);
    }

    public IReadOnlyList<YamlNode> Items { get; }

    public override string Describe() => Items.Count == 0 ? "an empty list" : "a list";

    protected override YamlNode? Step(string path, out int taken)
    {
        taken = path.IndexOf(']', StringComparison.Ordinal) + 1;
        return taken > 2 && path[0] == '['
            && int.TryParse(path.AsSpan(1, taken - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < Items.Count
            ? Items[index]
            : null;
    }
}

internal sealed class YamlMap : YamlNode
{
    public YamlMap(IReadOnlyList<YamlEntry> entries, int line, int column)
        : base(line, column)
    {
        Entries = entries;
        Size = 1 + entries.Sum(e => YamlScalar.SizeOf(e.Key) + e.Value.Size);
    }

    public IReadOnlyList<YamlEntry> Entries { get; }

    public YamlEntry? Find(string key) => Entries.FirstOrDefault(e => e.Key == key);

    public override string Describe() => "a mapping";

    protected override YamlNode? Step(string path, out int taken)
    {
        var best = Entries
            .Where(e => path.StartsWith(e.Key, StringComparison.Ordinal)
                && (path.Length == e.Key.Length || path[e.Key.Length] is '.' or '['))
            .MaxBy(e => e.Key.Length);
        taken = best?.Key.Length ?? 0;
        return best?.Value is YamlScalar { IsNull: true } ? null : best?.Value;
    }
}

/// <summary>A field with the place of its key.</summary>
internal sealed record YamlEntry(string Key, int Line, int Column, YamlNode Value);
