using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using OpsDashboard.Application.Dashboards.Operational;

namespace OpsDashboard.Web.Dashboards.Operational;

/// <summary>
/// Renders the parts of the operational page once for the whole process. A row is rendered again only when its status
/// changed; circuits get the finished text, so 200 rows are 800 frames in a circuit instead of 12,000.
/// </summary>
internal sealed class BoardMarkup(IServiceProvider services, ILoggerFactory logs) : IDisposable
{
    /// <summary>More than any board has; objectives that are gone are forgotten with the rest.</summary>
    private const int MostRows = 20_000;

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Dictionary<string, Row> rows = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<OperationsBoard, BoardView> views = [];

    /// <param name="board">Shared by all who filter alike, and the key under which its view is kept.</param>
    public async ValueTask<BoardView> ViewAsync(OperationsBoard board, BoardFilter filter, CancellationToken cancellationToken)
    {
        if (views.TryGetValue(board, out var known))
        {
            return known;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!views.TryGetValue(board, out var view))
            {
                view = await RenderAsync(board, filter);
                views.AddOrUpdate(board, view);
            }

            return view;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<BoardView> RenderAsync(OperationsBoard board, BoardFilter filter)
    {
        if (rows.Count > MostRows)
        {
            rows.Clear();
        }

        // The renderer needs services of a scope; there is no circuit here whose scope it could take.
        await using var scope = services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var ids = new List<string>(board.Objectives.Count);
            var markup = new List<BoardRow>(board.Objectives.Count);
            foreach (var objective in board.Objectives)
            {
                ids.Add(objective.Status.Id);
                markup.Add(await RowAsync(renderer, objective));
            }

            return new BoardView(board, ids, markup)
            {
                Tally = await PartAsync<BoardTally>(renderer, (nameof(BoardTally.Board), board), (nameof(BoardTally.Filter), filter)),
                Filters = await PartAsync<BoardFilters>(renderer, (nameof(BoardFilters.Facets), board.Facets), (nameof(BoardFilters.Filter), filter)),
                Alerts = await PartAsync<BoardAlerts>(renderer, (nameof(BoardAlerts.Alerts), board.Alerts)),
                Maintenance = await PartAsync<BoardMaintenanceLine>(renderer, (nameof(BoardMaintenanceLine.Windows), board.Maintenance)),
            };
        });
    }

    private async Task<BoardRow> RowAsync(HtmlRenderer renderer, BoardObjective objective)
    {
        var id = objective.Status.Id;
        if (rows.TryGetValue(id, out var known) && known.Objective == objective)
        {
            return known.Shown;
        }

        var cells = await PartAsync<ObjectiveRow>(renderer, (nameof(ObjectiveRow.Objective), objective));

        // The same text stays the same instance: circuits then see by reference that nothing changed.
        var shown = known?.Shown.Cells == cells ? known.Shown : new BoardRow(id, $"/ui/why/{id}", cells);
        rows[id] = new Row(objective, shown);
        return shown;
    }

    private static async Task<string> PartAsync<TPart>(HtmlRenderer renderer, params (string Name, object Value)[] parameters)
        where TPart : IComponent
    {
        var given = parameters.ToDictionary(item => item.Name, object? (item) => item.Value, StringComparer.Ordinal);
        var part = await renderer.RenderComponentAsync<TPart>(ParameterView.FromDictionary(given));
        return part.ToHtmlString().Trim();
    }

    private sealed record Row(BoardObjective Objective, BoardRow Shown);
}
