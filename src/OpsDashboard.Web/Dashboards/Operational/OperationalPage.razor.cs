using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Dashboards.Operational;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Dashboards.Operational;

/// <summary>The first screen of who is on call: what is wrong now, worst first, live. Everything it shows is shared markup.</summary>
public sealed partial class OperationalPage
{
    private static readonly (string, string)[] Subjects = [("dashboard", "operations"), ("maintenance", "all"), ("catalog", "all")];

    /// <summary>At most four renders a second.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly HashSet<string> _typed = new(StringComparer.Ordinal);
    private BoardFilter _filter = BoardFilter.Everything;
    private BoardView? _view;
    private IReadOnlyList<BoardRow> _rows = [];
    private IReadOnlyList<string>? _heldOrder;
    private string? _text;
    private string? _fault;
    private bool _waiting;

    [Inject] private BoardMarkup Markup { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Platform { get; set; }

    [SupplyParameterFromQuery] private string? Service { get; set; }

    [SupplyParameterFromQuery] private string? Tier { get; set; }

    [SupplyParameterFromQuery] private string? State { get; set; }

    [SupplyParameterFromQuery(Name = "q")] private string? Text { get; set; }

    private string Title => _view?.Board.Tally[BoardState.Breached] is { } breached and > 0
        ? $"{breached} breached · Operations · OpsDashboard"
        : "Operations · OpsDashboard";

    protected override async Task OnParametersSetAsync()
    {
        var filter = BoardFilter.Of(Platform, Service, Tier, State, Text);
        Adopt(filter.Text);
        if (filter == _filter && _view is not null)
        {
            return;
        }

        _filter = filter;
        _heldOrder = null;
        await LoadAsync();
    }

    protected override Task OnInitializedAsync() => ListenAsync(Subjects, Interval, LoadAsync);

    private async Task LoadAsync()
    {
        var board = await Send(_filter.Request);
        _fault = board.Failure?.Message;
        if (board.Failure is null)
        {
            _view = await Markup.ViewAsync(board.Value, _filter, Closing);
            Arrange(_view);
        }
    }

    private void Arrange(BoardView view)
    {
        if (_heldOrder is null)
        {
            _rows = view.Rows;
            _waiting = false;
            return;
        }

        // The hand may be about to click: figures change in their place, rows stay where they are.
        var order = view.Keeping(_heldOrder);
        _rows = [.. order.Select(view.RowOf)];
        _waiting = !order.SequenceEqual(view.Ids, StringComparer.Ordinal);
        _heldOrder = order;
    }

    private void Hold(bool held)
    {
        _heldOrder = held ? _heldOrder ?? _view?.Ids : null;
        if (!held && _view is { } view)
        {
            Arrange(view);
        }
    }

    private void FilterByText()
    {
        var text = BoardFilter.Usable(_text);
        _typed.Add(text ?? "");
        Navigation.NavigateTo((_filter with { Text = text }).Href(), replace: true);
    }

    // The address follows what is typed and comes back late: then the field is ahead of it and must not be set back.
    private void Adopt(string? text)
    {
        if (text == BoardFilter.Usable(_text))
        {
            _typed.Clear();
        }
        else if (!_typed.Contains(text ?? ""))
        {
            _text = text;
        }
    }
}
