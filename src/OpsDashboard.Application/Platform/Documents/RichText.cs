namespace OpsDashboard.Application.Platform.Documents;

[Flags]
public enum TextStyle
{
    Plain = 0,
    Bold = 1,
    Italic = 2,
    Code = 4,
}

/// <param name="Link">Where it leads, when it leads anywhere.</param>
/// <param name="Colour">Null: as what stands around it.</param>
public sealed record TextRun(string Text, TextStyle Style = TextStyle.Plain, string? Link = null, DocumentColour? Colour = null);

/// <summary>Text with emphasis. A plain string is one.</summary>
public sealed record RichText(IReadOnlyList<TextRun> Runs)
{
    public static RichText Empty { get; } = new([]);

    public static implicit operator RichText(string text) => new([new TextRun(text)]);

    public static RichText Bold(string text) => new([new TextRun(text, TextStyle.Bold)]);

    public static RichText Coloured(string text, DocumentColour colour, TextStyle style = TextStyle.Plain) => new([new TextRun(text, style, null, colour)]);

    internal RichText In(TextStyle style) => new([.. Runs.Select(run => run with { Style = run.Style | style })]);
}
