using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Detail;
using OpsDashboard.Application.Incidents.Work;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Incidents;

/// <summary>The dialogs of the incident page, one open at a time.</summary>
public sealed partial class IncidentDialogs
{
    private string _words = "";
    private string _severity = "";
    private string _into = "";
    private string _title = "";
    private Opened _shown;
    private FieldFaults _faults = FieldFaults.None;
    private bool _busy;

    [Parameter, EditorRequired] public IncidentDetail Detail { get; set; } = default!;

    /// <summary>Paths platform/service.</summary>
    [Parameter] public IReadOnlyList<string> Services { get; set; } = [];

    /// <summary>Other open incidents.</summary>
    [Parameter] public IReadOnlyList<IncidentSummary> Others { get; set; } = [];

    [Parameter] public Opened Open { get; set; }

    [Parameter] public EventCallback<Opened> OpenChanged { get; set; }

    [Parameter] public EventCallback OnResolved { get; set; }

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    private long Id => Detail.Incident.Id;

    private bool IsReason => Open is Opened.Resolve or Opened.Reopen or Opened.Pause or Opened.Severity or Opened.Merge or Opened.Title;

    private string ReasonTitle => Open switch
    {
        Opened.Resolve => "Resolve",
        Opened.Reopen => "Reopen",
        Opened.Pause => "Pause the clocks",
        Opened.Severity => "Change the severity",
        Opened.Merge => "Merge into another incident",
        _ => "Title and summary",
    };

    private string ReasonLabel => Open switch
    {
        Opened.Resolve => "What fixed it",
        Opened.Reopen => "What came back",
        Opened.Pause => "What is waited for",
        _ => "Why",
    };

    private string ReasonVerb => Open switch
    {
        Opened.Resolve => "Resolve",
        Opened.Reopen => "Reopen and page",
        Opened.Pause => "Pause",
        Opened.Severity => "Change",
        Opened.Merge => "Merge",
        _ => "Save",
    };

    private IReadOnlyList<(string Value, string Word)> Severities =>
        [.. ShippedScales.For(Detail.Incident.Platform).Levels.Select(level => (level.Name, $"{level.Name} · {level.Word}"))];

    private IReadOnlyList<(string Value, string Word)> Mergeable =>
        [.. Others.Select(other => (other.Id.ToString(CultureInfo.InvariantCulture), $"{other.Severity} · {other.Title}"))];

    protected override void OnParametersSet()
    {
        if (_shown == Open)
        {
            return;
        }

        _shown = Open;
        _faults = FieldFaults.None;
        _into = "";
        _severity = Detail.Incident.Severity;
        _title = Detail.Incident.Title;
        _words = Open == Opened.Title ? Detail.Summary ?? "" : "";
    }

    private Task LeaveAsync() => OpenChanged.InvokeAsync(Opened.None);

    private async Task SayAsync()
    {
        if (_busy)
        {
            return;
        }

        IRequest<Outcome<IncidentSummary>>? change = Open switch
        {
            Opened.Resolve => new ResolveIncident(Id, _words),
            Opened.Reopen => new ReopenIncident(Id, _words),
            Opened.Pause => new PauseClocks(Id, _words),
            Opened.Severity => new ChangeSeverity(Id, _severity, _words),
            Opened.Title => new EditIncident(Id, _title, _words),
            Opened.Merge when long.TryParse(_into, NumberStyles.None, CultureInfo.InvariantCulture, out var into) => new MergeIncident(Id, into),
            _ => null,
        };
        if (change is null)
        {
            _faults = FieldFaults.Of(Failure.Invalid("/intoId", "into.required", "Choose the incident that goes on."));
            return;
        }

        _busy = true;
        var outcome = await Dispatcher.Send(change, CancellationToken.None);
        _busy = false;
        _faults = FieldFaults.Of(outcome.Failure);
        if (outcome.Succeeded)
        {
            if (change is ResolveIncident)
            {
                await OnResolved.InvokeAsync();
            }

            await LeaveAsync();
        }
    }
}
