namespace OpsDashboard.Application.Catalog.OpenSlo;

/// <summary>A text to read; the name is only used to say where a fault stands.</summary>
public sealed record OpenSloFile(string Name, string Text);

/// <summary>One thing that is wrong, or worth knowing, in a document.</summary>
/// <param name="File">Name of the file as the caller gave it.</param>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Column">Column in the line, from 1.</param>
/// <param name="Path">Field inside the document, such as <c>spec.objectives[0].target</c>; empty for the whole document.</param>
/// <param name="Expected">What would have been accepted.</param>
/// <param name="Found">What stands there.</param>
public sealed record OpenSloFault(string File, int Line, int Column, string Path, string Expected, string Found)
{
    public override string ToString()
        => $"{File}:{Line}:{Column} {(Path.Length == 0 ? "document" : Path)}: expected {Expected}, found {Found}";
}

/// <summary>How an object is referred to. A platform is a name space: names are unique per platform and kind.</summary>
public readonly record struct OpenSloName(string Platform, OpenSloKind Kind, string Name);

/// <summary>Either all documents, or every fault of all of them.</summary>
public sealed record OpenSloReading
{
    /// <summary>In the order of the files; empty when there is a fault.</summary>
    public required IReadOnlyList<OpenSloDocument> Documents { get; init; }

    /// <summary>By file, line and column; at most <see cref="OpenSloLimits.MaxFaults"/>.</summary>
    public required IReadOnlyList<OpenSloFault> Faults { get; init; }

    /// <summary>What does not hinder loading, but should be told: a data source or notification target nobody defined.</summary>
    public required IReadOnlyList<OpenSloFault> Notices { get; init; }

    public bool IsValid => Faults.Count == 0;

    /// <summary>Every document that could be told at all, in the order of the files, whatever is wrong with it.</summary>
    internal IReadOnlyList<OpenSloDocument> Seen { get; init; } = [];

    /// <summary>Those of <see cref="Seen"/> in which nothing is wrong so far.</summary>
    internal IReadOnlyList<OpenSloDocument> Sound
    {
        get
        {
            var starts = Seen.ToLookup(document => document.Source.File, document => document.Source.Line, StringComparer.Ordinal);
            var faulty = Faults.Select(fault => (fault.File, Line: starts[fault.File].Where(line => line <= fault.Line).DefaultIfEmpty().Max())).ToHashSet();
            return [.. Seen.Where(document => !faulty.Contains((document.Source.File, document.Source.Line)))];
        }
    }
}

/// <summary>Bounds of one import. An export of 2,500 objectives with an indicator each stays within them.</summary>
public static class OpenSloLimits
{
    /// <summary>Bytes of UTF-8 in one file.</summary>
    public const int MaxFileBytes = 8 * 1024 * 1024;

    /// <summary>Documents in all files together.</summary>
    public const int MaxDocuments = 10_000;

    /// <summary>Values in all documents together after their aliases are followed; 64 characters of a text count as one.</summary>
    public const long MaxTotalNodes = 1_000_000;

    public const int MaxFiles = 500;

    /// <summary>Bytes of UTF-8 in all files together.</summary>
    public const int MaxTotalBytes = 10 * 1024 * 1024;

    /// <summary>Depth of nesting in a document.</summary>
    public const int MaxDepth = 32;

    /// <summary>Values in a document after its aliases are followed.</summary>
    public const int MaxNodes = 50_000;

    public const int MaxFaults = 1_000;
}
