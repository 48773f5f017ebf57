using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.PostMortems;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Incidents;

/// <summary>The post-mortem of a closed incident, or the way to open one.</summary>
public sealed partial class PostMortemCard
{
    private PostMortem? _found;
    private string? _fault;
    private (long Id, bool IsOpen) _loaded;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Parameter, EditorRequired] public IncidentSummary Incident { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        if (_loaded == (Incident.Id, Incident.IsOpen))
        {
            return;
        }

        _loaded = (Incident.Id, Incident.IsOpen);
        _found = null;
        if (!Incident.IsOpen)
        {
            var outcome = await Dispatcher.Send(new ListPostMortems { IncidentId = Incident.Id }, CancellationToken.None);
            _found = outcome is { Succeeded: true, Value: [var first, ..] } ? first : null;
            _fault = outcome.Failure?.Message;
        }
    }

    private async Task OpenAsync()
    {
        var outcome = await Dispatcher.Send(new OpenPostMortem(Incident.Id), CancellationToken.None);
        _found = outcome.Succeeded ? outcome.Value : null;
        _fault = outcome.Failure?.Message;
    }
}
