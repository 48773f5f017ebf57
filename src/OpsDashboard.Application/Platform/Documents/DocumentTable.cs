namespace OpsDashboard.Application.Platform.Documents;

public enum ColumnSide
{
    Left,

    /// <summary>Figures.</summary>
    Right,
}

/// <param name="Weight">Share of the width, against the other columns' weights.</param>
public sealed record DocumentColumn(string Title, double Weight, ColumnSide Side = ColumnSide.Left);

/// <param name="IsStrong">A sum, or the head of a group.</param>
public sealed record DocumentLine(IReadOnlyList<RichText> Cells, bool IsStrong = false);

/// <summary>A table; its head is repeated on every page it reaches.</summary>
public sealed record DocumentTable(IReadOnlyList<DocumentColumn> Columns, IReadOnlyList<DocumentLine> Rows);
