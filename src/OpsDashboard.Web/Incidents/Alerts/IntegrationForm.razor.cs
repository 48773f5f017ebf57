using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Incidents.Alerts.Integrations;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Incidents.Alerts;

/// <summary>Adds an integration.</summary>
public sealed partial class IntegrationForm() : DraftForm("integration")
{
    private string _name = "";
    private string _platform = "";
    private string _stale = "300";

    [Parameter, EditorRequired] public IReadOnlyList<string> Platforms { get; set; } = [];

    [Parameter] public EventCallback<CreatedIntegration> OnSaved { get; set; }

    private IReadOnlyList<(string Value, string Word)> Options => [.. Platforms.Select(platform => (platform, platform))];

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var stale = NumberField.Read(_stale, "/staleAfterMinutes", faults);
        if (!IsReady(faults))
        {
            return;
        }

        var outcome = await SubmitAsync(
            new CreateIntegration { Name = _name, Platform = _platform.Length == 0 ? null : _platform, StaleAfterMinutes = stale!.Value });
        if (outcome.Succeeded)
        {
            await OnSaved.InvokeAsync(outcome.Value);
        }
    }
}
