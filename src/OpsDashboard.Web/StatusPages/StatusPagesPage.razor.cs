using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Application.StatusPages;
using OpsDashboard.Application.StatusPages.Components;
using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Web.StatusPages;

/// <summary>What the public pages show, and what is set by hand.</summary>
public sealed partial class StatusPagesPage : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private StatusSetup? _setup;
    private IReadOnlyList<string> _services = [];
    private IReadOnlyList<(string Id, string Name)> _objectives = [];
    private ComponentSetup? _edited;
    private ComponentSetup? _told;
    private LiveSubscription? _live;
    private bool _editing;
    private bool _failed;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Inject] private LiveBus Bus { get; set; } = default!;

    private RenderFragment Answer => builder => builder.AddContent(0, Sentence());

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
            _live = Bus.Subscribe([("status", StatusSite.All)], TimeSpan.FromSeconds(1), (_, _) => InvokeAsync(LoadAsync));
        }

        await LoadAsync();
    }

    private string Sentence()
    {
        if (_setup is null)
        {
            return "Reading what the public sees.";
        }

        var shown = _setup.Components.Count(component => component.Shown);
        var troubled = _setup.Components.Count(component => component.Shown && component.State != ComponentState.Operational);
        var byHand = _setup.Components.Count(component => component.Override is not null);
        return $"{shown} shown, {troubled} not operational, {byHand} set by hand.";
    }

    private async Task LoadAsync()
    {
        var setup = await Dispatcher.Send(new GetStatusSetup(), _closing.Token);
        var services = await Dispatcher.Send(new ListServices(), _closing.Token);
        var statuses = await Dispatcher.Send(new ListSloStatuses(), _closing.Token);
        _failed = !setup.Succeeded || !services.Succeeded || !statuses.Succeeded;
        if (!_failed)
        {
            _setup = setup.Value;
            _services = services.Value;
            _objectives = [.. statuses.Value.OrderBy(status => status.Id, StringComparer.Ordinal).Select(status => (status.Id, status.Name))];
        }

        StateHasChanged();
    }

    private void Edit(ComponentSetup? component) => (_edited, _editing) = (component, true);

    private void AskState(ComponentSetup component) => _told = component;

    private async Task MoveAsync((ComponentSetup Component, bool Up) move)
    {
        await Dispatcher.Send(new MoveComponent(move.Component.Id, move.Up), _closing.Token);
        await LoadAsync();
    }

    private async Task SavedAsync()
    {
        (_editing, _told) = (false, null);
        await LoadAsync();
    }
}
