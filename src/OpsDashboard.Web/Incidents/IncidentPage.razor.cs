using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Agreements.Statements;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Detail;
using OpsDashboard.Application.Incidents.Work;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Incidents.Acts;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Incidents;

/// <summary>Which dialog of the incident page is open.</summary>
public enum Opened
{
    None,
    Update,
    Resolve,
    Reopen,
    Pause,
    Severity,
    Milestones,
    Affected,
    Merge,
    Title,
}

/// <summary>One incident: what is promised, what happened, who does what. Live for all who look.</summary>
public sealed partial class IncidentPage
{
    private IncidentDetail? _detail;
    private IReadOnlyList<SloImpact> _impact = [];
    private IReadOnlyList<CreditLine> _credits = [];
    private IReadOnlyList<string> _services = [];
    private IReadOnlyList<IncidentSummary> _others = [];
    private IReadOnlyList<string> _people = [];
    private IncidentActs _acts = default!;
    private Opened _open;
    private string? _fault;
    private string _note = "";
    private long _loaded;
    private bool _missing;
    private bool _busy;

    [Parameter] public long Id { get; set; }

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private Microsoft.Extensions.Options.IOptions<IncidentsOptions> Options { get; set; } = default!;

    private IncidentSummary Incident => _detail!.Incident;

    private IReadOnlyList<Crumb> Crumbs => [new("Incidents", "/incidents"), new(_detail?.Incident.Name ?? "…", null)];

    private string Who => Incident switch
    {
        { MergedInto: not null } => "merged",
        { IsOpen: false } => "over",
        { SnoozedUntil: { } until } => $"snoozed until {Times.Utc(until, TimeShape.Clock)} UTC{(Incident.AcknowledgedBy is { } by ? $", {by.Name} has it" : null)}",
        { AcknowledgedBy: { } person } => $"{person.Name} has it",
        _ => "nobody has it yet",
    };

    protected override ValueTask CloseAsync() => _acts.DisposeAsync();

    protected override void OnInitialized() =>
        _acts = new IncidentActs(Dispatcher, Clock, TimeSpan.FromSeconds(Options.Value.UndoSeconds), () => ReadAgainAsync(RefreshAsync));

    protected override async Task OnParametersSetAsync()
    {
        if (_loaded == Id)
        {
            return;
        }

        _loaded = Id;
        // Entries of others are to be seen at once; a burst of them still renders a few times a second only.
        await ListenAsync([("incident", Id.ToString(CultureInfo.InvariantCulture))], TimeSpan.FromMilliseconds(100), RefreshAsync);
        await LoadAsync();
        await LoadAroundAsync();
    }

    private Task ActAsync(IncidentAct act) => _acts.DoAsync(act, Incident, [Incident]);

    private void Resolved() => _acts.Offer(Incident, "Resolved.");

    private async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
        await LoadImpactAsync();
    }

    private async Task LoadAsync()
    {
        var outcome = await Send(new GetIncident(Id));
        _missing = outcome.Failure?.Kind == FailureKind.NotFound;
        if (outcome.Succeeded)
        {
            _detail = outcome.Value;
        }
        else if (!_missing)
        {
            _fault = outcome.Failure!.Message;
        }
    }

    /// <summary>What the side and the dialogs offer; the incident itself does not wait for it.</summary>
    private async Task LoadAroundAsync()
    {
        var services = await Send(new ListServices());
        _services = services.Succeeded ? services.Value : [];
        var others = await Send(new ListIncidents { Scope = IncidentScope.Open, Limit = 50 });
        _others = others.Succeeded ? [.. others.Value.Where(other => other.Id != Id)] : [];
        var people = await Send(new ListRespondents());
        _people = people.Succeeded ? people.Value : [];
        await LoadImpactAsync();
    }

    private async Task LoadImpactAsync()
    {
        if (_detail is { Slos.Count: > 0 })
        {
            var impact = await Send(new GetIncidentImpact(Id));
            _impact = impact.Succeeded ? impact.Value : _impact;
            var credits = await Send(new ListCreditOutlook(_detail.Slos));
            _credits = credits.Succeeded ? credits.Value.Lines : _credits;
        }
    }

    private async Task SendAsync(IRequest<Outcome<IncidentSummary>> change)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        var outcome = await Send(change);
        _busy = false;
        _fault = outcome.Failure?.Message;
        await LoadAsync();
        StateHasChanged();
    }

    private async Task NoteAsync()
    {
        if (!string.IsNullOrWhiteSpace(_note))
        {
            await SendAsync(new AddNote(Id, _note));
            _note = _fault is null ? "" : _note;
        }
    }

    private string TimeUntil(DateTimeOffset due) => due - Clock.GetUtcNow() is { Ticks: > 0 } left ? $"in {Numbers.Duration(left)}" : "now";
}
