using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Incidents.Alerts;
using OpsDashboard.Application.Incidents.Alerts.Routing;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Incidents.Alerts;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Incidents.Alerts;

/// <summary>Tries the routing on pasted labels; nothing is raised.</summary>
public sealed partial class RoutingTrialCard
{
    private string _labels = "";
    private RoutingTrial? _trial;
    private FieldFaults _faults = FieldFaults.None;
    private bool _busy;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    /// <summary>Anew when the rules changed, so that an answer is never one of rules that were.</summary>
    public async Task RefreshAsync()
    {
        if (_trial is not null)
        {
            await TryAsync();
            StateHasChanged();
        }
    }

    private async Task TryAsync()
    {
        var faults = new List<Fault>();
        var labels = LabelText.Read(_labels, "/labels", faults);
        _faults = FieldFaults.Of(faults);
        if (_busy || faults.Count > 0)
        {
            return;
        }

        _busy = true;
        var outcome = await Dispatcher.Send(new TryRouting(labels), CancellationToken.None);
        _busy = false;
        _faults = FieldFaults.Of(outcome.Failure);
        _trial = outcome.Succeeded ? outcome.Value : null;
    }

    private static string Muted(AlertMute mute) => mute switch
    {
        AlertMute.None => "",
        AlertMute.Silence => ", but a silence mutes it now",
        AlertMute.Maintenance => ", but maintenance mutes it now",
    };

    private static string Said(IReadOnlyList<string> fields) => string.Join(", ", fields.Select(field => field switch
    {
        "policyId" => "the escalation",
        "action" => "what is done",
        _ => $"the {field}",
    }));
}
