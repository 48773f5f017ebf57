using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications.Pages;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Notifications;

/// <summary>Says on every screen that somebody should have been paged and nobody was: a page is never dropped in silence.</summary>
public sealed partial class UndeliverableBanner : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private IReadOnlyList<UndeliverablePage> _pages = [];
    private LiveSubscription? _live;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Inject] private LiveBus Bus { get; set; } = default!;

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
            _live = Bus.Subscribe([("paging", "all")], TimeSpan.FromSeconds(2), (_, _) => InvokeAsync(LoadAsync));
        }

        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var outcome = await Dispatcher.Send(new UndeliverablePages(), _closing.Token);
        if (outcome.Succeeded)
        {
            IReadOnlyList<UndeliverablePage> lost = [.. outcome.Value.Where(page => page.NobodyReached)];
            if (lost.Count > 0 || _pages.Count > 0)
            {
                _pages = lost;
                StateHasChanged();
            }
        }
    }
}
