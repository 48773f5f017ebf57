using OpsDashboard.Application.Dashboards.Operational;

namespace OpsDashboard.Web.Dashboards.Operational;

/// <summary>
/// One objective's row. The row is an element with a key, its cells are markup: where rows change places, a circuit is sent the
/// places, not the cells.
/// </summary>
/// <param name="WhyBase">Where the explanations of its figures are found.</param>
internal sealed record BoardRow(string Id, string WhyBase, string Cells);

/// <summary>A board as markup. One instance serves every circuit that shows the board, which therefore holds no objects of its own per row.</summary>
internal sealed class BoardView
{
    private readonly Lazy<Dictionary<string, BoardRow>> rowsById;

    public BoardView(OperationsBoard board, IReadOnlyList<string> ids, IReadOnlyList<BoardRow> rows)
    {
        Board = board;
        Ids = ids;
        Rows = rows;
        rowsById = new(() => Rows.ToDictionary(row => row.Id, StringComparer.Ordinal));
    }

    public OperationsBoard Board { get; }

    /// <summary>Worst first.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>In the order of <see cref="Ids"/>.</summary>
    public IReadOnlyList<BoardRow> Rows { get; }

    public required string Tally { get; init; }

    public required string Filters { get; init; }

    /// <summary>Empty while nothing fires.</summary>
    public required string Alerts { get; init; }

    public required string Maintenance { get; init; }

    /// <summary>The ids in an order that rows already have on a screen: what is gone is left out, what is new comes last.</summary>
    public IReadOnlyList<string> Keeping(IReadOnlyList<string> order)
    {
        var kept = order.Where(rowsById.Value.ContainsKey).ToList();
        var known = kept.ToHashSet(StringComparer.Ordinal);
        kept.AddRange(Ids.Where(id => !known.Contains(id)));
        return kept;
    }

    public BoardRow RowOf(string id) => rowsById.Value[id];
}
