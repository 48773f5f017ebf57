using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Maintenance;

namespace OpsDashboard.Web.Slos.Maintenance;

/// <summary>What work is planned, what was, and how much of it each objective forgives.</summary>
public sealed partial class MaintenancePage : IAsyncDisposable
{
    private const int PageSize = 20;

    private readonly CancellationTokenSource _closing = new();
    private IReadOnlyList<MaintenanceWindow>? _windows;
    private IReadOnlyList<string> _services = [];
    private MaintenanceWindow? _cancelling;
    private LiveSubscription? _live;
    private string? _cancelFault;
    private bool _planning;
    private bool _failed;
    private int _shown = PageSize;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Inject] private LiveBus Bus { get; set; } = default!;

    private IReadOnlyList<MaintenanceWindow> Ahead => [.. (_windows ?? []).Where(window => window.Phase != MaintenancePhase.Past)];

    private IReadOnlyList<MaintenanceWindow> Past => [.. (_windows ?? []).Where(window => window.Phase == MaintenancePhase.Past)];

    private RenderFragment Answer => builder =>
    {
        var running = Ahead.Count(window => window.Phase == MaintenancePhase.Running);
        var planned = Ahead.Count - running;
        builder.AddContent(0, _windows is null ? "Reading the plan." : $"{running} running, {planned} planned.");
    };

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
            _live = Bus.Subscribe([("maintenance", "all")], TimeSpan.FromSeconds(1), (_, _) => InvokeAsync(LoadAsync));
        }

        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var windows = await Dispatcher.Send(new ListMaintenance(), _closing.Token);
        var services = await Dispatcher.Send(new ListServices(), _closing.Token);
        _failed = !windows.Succeeded || !services.Succeeded;
        if (!_failed)
        {
            _windows = windows.Value;
            _services = services.Value;
        }

        StateHasChanged();
    }

    private async Task PlannedAsync()
    {
        _planning = false;
        await LoadAsync();
    }

    private void AskToCancel(MaintenanceWindow window)
    {
        _cancelFault = null;
        _cancelling = window;
    }

    private async Task CancelAsync()
    {
        if (_cancelling is not { } window)
        {
            return;
        }

        var outcome = await Dispatcher.Send(new CancelMaintenance(window.Id), _closing.Token);
        _cancelFault = outcome.Failure?.Message;
        if (outcome.Succeeded)
        {
            _cancelling = null;
        }

        await LoadAsync();
    }
}
