using OpsDashboard.Application.Dashboards.Operational;

namespace OpsDashboard.Web.Dashboards.Operational;

/// <summary>A board as markup. One instance serves every circuit that shows the board, which therefore holds no objects of its own per row.</summary>
internal sealed class BoardView
{
    private readonly Lazy<Dictionary<string, string>> rowsById;

    public BoardView(OperationsBoard board, IReadOnlyList<string> ids, IReadOnlyList<string> rows)
    {
        Board = board;
        Ids = ids;
        Rows = rows;
        rowsById = new(() => Ids.Zip(Rows).ToDictionary(row => row.First, row => row.Second, StringComparer.Ordinal));
    }

    public OperationsBoard Board { get; }

    /// <summary>Worst first.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>A table row each, in the order of <see cref="Ids"/>.</summary>
    public IReadOnlyList<string> Rows { get; }

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

    public string RowOf(string id) => rowsById.Value[id];
}
