using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.OnCall.Roster;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.OnCall;

/// <summary>One line for other screens: who is on call, until when, and who comes next.</summary>
public sealed partial class OnCallLine
{
    /// <summary>A handoff is no change of the store: it is seen by looking again.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    private OnCallNow? _now;
    private ITimer? _timer;

    [Inject] private TimeProvider Time { get; set; } = default!;

    protected override async ValueTask CloseAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }
    }

    protected override async Task OnInitializedAsync()
    {
        await ListenAsync([("oncall", "all")], TimeSpan.FromSeconds(1), LoadAsync);
        await LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _timer = Time.CreateTimer(_ => _ = InvokeAsync(HandoverAsync), null, Again, Again);
        }
    }

    private Task HandoverAsync()
    {
        var now = Time.GetUtcNow();
        return _now?.Schedules.Any(schedule => schedule.Positions.Any(position => position.Until <= now)) == true
            ? ReadAgainAsync(LoadAsync)
            : Task.CompletedTask;
    }

    private async Task LoadAsync()
    {
        var now = await Send(new GetOnCall());
        _now = now.Succeeded ? now.Value : _now;
    }
}
