using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.OnCall.Roster;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.OnCall;

/// <summary>One line for other screens: who is on call, until when, and who comes next.</summary>
public sealed partial class OnCallLine : IAsyncDisposable
{
    /// <summary>A handoff is no change of the store: it is seen by looking again.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _closing = new();
    private OnCallNow? _now;
    private LiveSubscription? _live;
    private ITimer? _timer;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Inject] private LiveBus Bus { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        if (_live is not null)
        {
            await _live.DisposeAsync();
        }

        _closing.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _live = Bus.Subscribe([("oncall", "all")], TimeSpan.FromSeconds(1), (_, _) => InvokeAsync(RefreshAsync));
            _timer = Time.CreateTimer(_ => _ = InvokeAsync(HandoverAsync), null, Again, Again);
        }
    }

    private Task HandoverAsync()
    {
        var now = Time.GetUtcNow();
        return _now?.Schedules.Any(schedule => schedule.Positions.Any(position => position.Until <= now)) == true && !_closing.IsCancellationRequested
            ? RefreshAsync()
            : Task.CompletedTask;
    }

    private async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        var now = await Dispatcher.Send(new GetOnCall(), _closing.Token);
        _now = now.Succeeded ? now.Value : _now;
    }
}
