using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Incidents.Alerts.Integrations;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Incidents.Alerts;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Incidents.Alerts;

/// <summary>Adds a heartbeat to an integration.</summary>
public sealed partial class HeartbeatForm() : DraftForm("heartbeat")
{
    private string _name = "";
    private string _interval = "86400";
    private string _grace = "3600";
    private string _service = "";
    private string _level = nameof(AlertLevel.High);

    [Parameter, EditorRequired] public IntegrationSummary Integration { get; set; } = default!;

    [Parameter] public EventCallback OnSaved { get; set; }

    private static IReadOnlyList<(string Value, string Word)> Levels { get; } =
        [.. Enum.GetValues<AlertLevel>().Select(level => (level.ToString(), $"{AlertWords.Of(level)}: {AlertWords.Of(AlertRouting.DefaultAction(level))}"))];

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var interval = NumberField.Read(_interval, "/intervalSeconds", faults);
        var grace = NumberField.Read(_grace, "/graceSeconds", faults);
        if (!IsReady(faults))
        {
            return;
        }

        var outcome = await SubmitAsync(
            new AddHeartbeat
            {
                IntegrationId = Integration.Id,
                Name = _name,
                Service = string.IsNullOrWhiteSpace(_service) ? null : _service.Trim(),
                IntervalSeconds = interval!.Value,
                GraceSeconds = grace!.Value,
                Level = Enum.Parse<AlertLevel>(_level),
            });
        if (outcome.Succeeded)
        {
            await OnSaved.InvokeAsync();
        }
    }
}
