using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Dashboards.Readiness;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Notifications.OnCallWatch;
using OpsDashboard.Application.Notifications.Pages;
using OpsDashboard.Application.OnCall.Roster;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Incidents.Acts;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.OnCall.Home;

/// <summary>What someone on call needs first: am I on, until when, with whom, what is open, what comes.</summary>
public sealed partial class OnCallPage
{
    private static readonly (string, string)[] Subjects = [("oncall", "all"), ("incidents", "all"), ("paging", "all")];

    /// <summary>Handoffs happen without a change of the store.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    private IncidentActs _acts = default!;
    private HomeView? _view;
    private ITimer? _timer;
    private bool _failed;

    [Inject] private CallerContext Caller { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    [Inject] private IOptions<IncidentsOptions> Options { get; set; } = default!;

    /// <summary>"mine": those I was paged for, have or lead.</summary>
    [SupplyParameterFromQuery(Name = "whose")] private string? WhoseText { get; set; }

    private bool OnlyMine => Me is not null && WhoseText == "mine";

    /// <summary>Mine first, each part with the worst first.</summary>
    private IReadOnlyList<IncidentSummary> Shown => _view is not { } view ? [] : [.. view.Open.Where(incident => !OnlyMine || IsMine(incident)).OrderBy(incident => !IsMine(incident))];

    private IReadOnlyList<LinkOption> Whose =>
    [
        new("All", "/oncall", !OnlyMine, _view?.Open.Count),
        new("Mine", "/oncall?whose=mine", OnlyMine, _view?.Open.Count(IsMine)),
    ];

    private string? Me => Caller.Current.PersonId;

    private string Answer => _view is { } view ? Say(view.Now) : "Reading who is on call.";

    protected override async ValueTask CloseAsync()
    {
        await _acts.DisposeAsync();
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }
    }

    protected override async Task OnInitializedAsync()
    {
        _acts = new IncidentActs(Dispatcher, Time, TimeSpan.FromSeconds(Options.Value.UndoSeconds), () => ReadAgainAsync(LoadAsync));
        await ListenAsync(Subjects, TimeSpan.FromMilliseconds(300), LoadAsync);
        await LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _timer = Time.CreateTimer(_ => _ = ReadAgainAsync(LoadAsync), null, Again, Again);
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

    private async Task LoadAsync()
    {
        var now = await Send(new GetOnCall());
        var gaps = await Send(new FindCoverageGaps());
        var readiness = await Send(new GetReadiness());
        var open = await Send(new ListIncidents { Scope = IncidentScope.Open, Limit = 100 });
        var since = now.Succeeded ? now.Value.Schedules.SelectMany(schedule => schedule.Positions).Where(position => Me is not null && position.Person?.Id == Me).Min(position => position.Since) : null;
        var ended = await Send(
            new ListIncidents { Scope = IncidentScope.Resolved, From = since ?? Time.GetUtcNow().AddDays(-7), Limit = 50 });
        var notes = await Send(new GetHandoverNotes());
        IReadOnlySet<long> paged = Me is { } me && await Send(new ListPagedIncidents(me)) is { Succeeded: true } pages ? pages.Value.ToHashSet() : new HashSet<long>();
        _failed = !now.Succeeded || !gaps.Succeeded || !readiness.Succeeded || !open.Succeeded || !ended.Succeeded;
        if (!_failed)
        {
            _view = new HomeView(now.Value, gaps.Value, readiness.Value, open.Value, ended.Value, paged, notes.Succeeded ? notes.Value : null);
            _acts.Keep(open.Value.Select(incident => incident.Id));
        }
    }

    private bool IsMine(IncidentSummary incident) =>
        Me is { } me && (incident.AcknowledgedBy?.Id == me || incident.Lead?.Id == me || (incident.AcknowledgedBy is null && _view!.Paged.Contains(incident.Id)));

    private sealed record HomeView(
        OnCallNow Now,
        IReadOnlyList<CoverageGap> Gaps,
        IReadOnlyList<PersonReadiness> Readiness,
        IReadOnlyList<IncidentSummary> Open,
        IReadOnlyList<IncidentSummary> Ended,
        IReadOnlySet<long> Paged,
        HandoverNotes? Notes);
}
