using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Incidents.PostMortems;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Web.Incidents.PostMortems;

/// <summary>What was learnt, and what is still to be done about it.</summary>
public sealed partial class PostMortemsPage : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private IReadOnlyList<PostMortem>? _all;
    private LiveSubscription? _live;
    private bool _failed;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Inject] private LiveBus Bus { get; set; } = default!;

    private IReadOnlyList<ActionItem> OpenItems => [.. (_all ?? []).SelectMany(one => one.Items).Where(item => item.DoneAt is null).OrderBy(item => item.DueAt)];

    private RenderFragment Answer => builder => builder.AddContent(0, _all is null
        ? "Reading."
        : $"{_all.Count(one => one.State != PostMortemState.Published)} to be finished, {_all.Count(one => one.IsOverdue)} overdue; {OpenItems.Count} action {(OpenItems.Count == 1 ? "item" : "items")} open, {OpenItems.Count(item => item.IsOverdue)} overdue.");

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_live is not null)
        {
            await _live.DisposeAsync();
        }

        _closing.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            _live = Bus.Subscribe([("incidents", "all")], TimeSpan.FromSeconds(1), (_, _) => InvokeAsync(LoadAsync));
        }

        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var outcome = await Dispatcher.Send(new ListPostMortems(), _closing.Token);
        _failed = !outcome.Succeeded;
        _all = outcome.Succeeded ? outcome.Value : _all;
        StateHasChanged();
    }

    private async Task SettleAsync((ActionItem Item, bool Done) step)
    {
        await Dispatcher.Send(new SettleActionItem(step.Item.Id, step.Done), _closing.Token);
        await LoadAsync();
    }
}
