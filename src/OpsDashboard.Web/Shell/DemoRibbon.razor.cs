using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Demo;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Shell;

/// <summary>Says on every page that the data are made up, how far their history has come, and how to be rid of them.</summary>
public sealed partial class DemoRibbon : IAsyncDisposable
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource _closing = new();
    private DemoProgress? _progress;
    private LiveSubscription? _live;
    private string _word = "";
    private string? _fault;
    private bool _asking;
    private bool _busy;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Inject] private LiveBus Bus { get; set; } = default!;

    [Inject] private IOptions<DemoOptions> Options { get; set; } = default!;

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
        if (!Options.Value.Enabled)
        {
            return;
        }

        if (RendererInfo.IsInteractive)
        {
            _live = Bus.Subscribe([("demo", "progress")], Refresh, (_, _) => InvokeAsync(LoadAsync));
        }

        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var outcome = await Dispatcher.Send(new GetDemoProgress(), _closing.Token);
        // The feed saves its place every minute: what does not show is not drawn again.
        if (outcome.Succeeded && !Looks(outcome.Value, _progress))
        {
            _progress = outcome.Value;
            StateHasChanged();
        }
    }

    private static bool Looks(DemoProgress now, DemoProgress? drawn) =>
        now.Phase == drawn?.Phase && (now.Phase != DemoPhase.Filling || now == drawn);

    private void Ask()
    {
        (_word, _fault, _asking) = ("", null, true);
    }

    private async Task CancelFillAsync()
    {
        await Dispatcher.Send(new CancelDemoFill(), _closing.Token);
        await LoadAsync();
    }

    private async Task StartEmptyAsync()
    {
        _busy = true;
        try
        {
            var outcome = await Dispatcher.Send(new StartEmpty(_word), _closing.Token);
            _fault = outcome.Failure?.Message;
            if (outcome.Succeeded)
            {
                _asking = false;
                await LoadAsync();
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
