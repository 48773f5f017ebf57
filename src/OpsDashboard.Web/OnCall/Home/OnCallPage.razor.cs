using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Dashboards.Readiness;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.OnCall.Roster;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.OnCall.Home;

/// <summary>What someone on call needs first: am I on, until when, with whom, what is open, what comes.</summary>
public sealed partial class OnCallPage : IAsyncDisposable
{
    private static readonly (string, string)[] Subjects = [("oncall", "all"), ("incidents", "all"), ("paging", "all")];

    /// <summary>Handoffs happen without a change of the store.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _closing = new();
    private readonly HashSet<long> _selected = [];
    private IncidentActs _acts = default!;
    private HomeView? _view;
    private LiveSubscription? _live;
    private ITimer? _timer;
    private bool _failed;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Inject] private CallerContext Caller { get; set; } = default!;

    [Inject] private LiveBus Bus { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    private string? Me => Caller.Current.PersonId;

    private string Answer => _view is { } view ? Say(view.Now) : "Reading who is on call.";

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _acts.DisposeAsync();
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

    protected override Task OnInitializedAsync()
    {
        _acts = new IncidentActs(Dispatcher, Time, () => InvokeAsync(RefreshAsync));
        return LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _live = Bus.Subscribe(Subjects, TimeSpan.FromMilliseconds(300), (_, _) => InvokeAsync(RefreshAsync));
            _timer = Time.CreateTimer(_ => _ = InvokeAsync(RefreshAsync), null, Again, Again);
        }
    }

    private string Say(OnCallNow now)
    {
        if (now.Schedules.Count == 0)
        {
            return "There is no schedule yet.";
        }

        if (Me is null)
        {
            return "Say who you are, and this page tells whether you are on call.";
        }

        var held = now.Schedules.SelectMany(schedule => schedule.Positions.Where(position => position.Person?.Id == Me).Select(position => (schedule, position))).ToList();
        if (held.Count == 0)
        {
            return "You are not on call.";
        }

        var parts = held.Select(one =>
        {
            var others = one.schedule.Positions.Where(position => position.Id != one.position.Id && position.Person is not null)
                .Select(position => $"{Text(position.Person!.Name)} is {Text(position.Name.ToLowerInvariant())}");
            return $"<strong>You are on call</strong> as {Text(one.position.Name)} of {Text(one.schedule.Name)}{Until(one.position.Until)}{string.Concat(others.Select(other => $"; {other}"))}.";
        });
        return string.Join(" ", parts);
    }

    private static string Until(DateTimeOffset? until) =>
        until is { } at ? $" until <time datetime=\"{Ui.Times.Iso(at)}\" data-utc=\"minute\">{Ui.Times.Utc(at, Ui.TimeShape.Minute)}</time>" : "";

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);

    private async Task RefreshAsync()
    {
        if (_closing.IsCancellationRequested)
        {
            return;
        }

        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        var now = await Dispatcher.Send(new GetOnCall(), _closing.Token);
        var gaps = await Dispatcher.Send(new FindCoverageGaps(), _closing.Token);
        var readiness = await Dispatcher.Send(new GetReadiness(), _closing.Token);
        var open = await Dispatcher.Send(new ListIncidents { Scope = IncidentScope.Open, Limit = 100 }, _closing.Token);
        var since = now.Succeeded ? now.Value.Schedules.SelectMany(schedule => schedule.Positions).Where(position => Me is not null && position.Person?.Id == Me).Min(position => position.Since) : null;
        var ended = await Dispatcher.Send(
            new ListIncidents { Scope = IncidentScope.Resolved, From = since ?? Time.GetUtcNow().AddDays(-7), Limit = 50 }, _closing.Token);
        _failed = !now.Succeeded || !gaps.Succeeded || !readiness.Succeeded || !open.Succeeded || !ended.Succeeded;
        if (!_failed)
        {
            _view = new HomeView(now.Value, gaps.Value, readiness.Value, open.Value, ended.Value);
            _selected.IntersectWith(open.Value.Select(incident => incident.Id));
        }
    }

    private void Select(long id) => _ = _selected.Remove(id) || _selected.Add(id);

    /// <param name="row">The row it was asked on; null: the selected ones.</param>
    private Task ActAsync(IncidentAct act, IncidentSummary? row)
    {
        var on = row is not null && !_selected.Contains(row.Id) ? [row] : _view!.Open.Where(incident => _selected.Contains(incident.Id)).ToList();
        _selected.Clear();
        return _acts.DoAsync(act, on);
    }

    private sealed record HomeView(
        OnCallNow Now,
        IReadOnlyList<CoverageGap> Gaps,
        IReadOnlyList<PersonReadiness> Readiness,
        IReadOnlyList<IncidentSummary> Open,
        IReadOnlyList<IncidentSummary> Ended);
}
