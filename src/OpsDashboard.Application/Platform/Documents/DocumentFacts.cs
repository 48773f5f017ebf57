namespace OpsDashboard.Application.Platform.Documents;

/// <summary>What a document says of itself.</summary>
public sealed record DocumentFacts
{
    public required string Title { get; init; }

    public string? Subject { get; init; }

    /// <summary>Left in the footer of every page; the page number stands on the right.</summary>
    public string? Footer { get; init; }

    /// <summary>A given instant and the same content give the same bytes.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Wide pages, for tables of many columns.</summary>
    public bool Landscape { get; init; }
}

/// <summary>A colour on paper, as the operands PDF takes.</summary>
public sealed class DocumentColour
{
    private DocumentColour(string operands) => Operands = operands;

    public static DocumentColour Ink { get; } = new("0.09 0.11 0.13");

    public static DocumentColour Muted { get; } = new("0.35 0.39 0.44");

    public static DocumentColour Rule { get; } = new("0.82 0.84 0.87");

    public static DocumentColour Wash { get; } = new("0.955 0.962 0.97");

    public static DocumentColour Link { get; } = new("0.1 0.33 0.66");

    public static DocumentColour Good { get; } = new("0.08 0.42 0.22");

    public static DocumentColour Warning { get; } = new("0.55 0.35 0");

    public static DocumentColour Bad { get; } = new("0.7 0.1 0.12");

    internal string Operands { get; }
}
