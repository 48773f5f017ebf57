using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Incidents.Alerts.Integrations;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Incidents.Alerts;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Incidents.Alerts;

/// <summary>Adds a heartbeat to an integration.</summary>
public sealed partial class HeartbeatForm
{
    private const string Form = "heartbeat";

    private string _name = "";
    private string _interval = "86400";
    private string _grace = "3600";
    private string _service = "";
    private string _level = nameof(AlertLevel.High);
    private FieldFaults _faults = FieldFaults.None;
    private bool _dirty;
    private bool _busy;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Parameter, EditorRequired] public IntegrationSummary Integration { get; set; } = default!;

    [Parameter] public EventCallback OnSaved { get; set; }

    [Parameter] public EventCallback OnLeave { get; set; }

    private static IReadOnlyList<(string Value, string Word)> Levels { get; } =
        [.. Enum.GetValues<AlertLevel>().Select(level => (level.ToString(), $"{AlertWords.Of(level)}: {AlertWords.Of(AlertRouting.DefaultAction(level))}"))];

    private static string Id(string pointer) => FieldFaults.IdOf(Form, pointer);

    private void Change(ref string field, string value, string pointer)
    {
        field = value;
        _dirty = true;
        _faults = _faults.Without(pointer);
    }

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var interval = NumberField.Read(_interval, "/intervalSeconds", faults);
        var grace = NumberField.Read(_grace, "/graceSeconds", faults);
        _faults = FieldFaults.Of(faults);
        if (_busy || faults.Count > 0)
        {
            return;
        }

        _busy = true;
        var outcome = await Dispatcher.Send(
            new AddHeartbeat
            {
                IntegrationId = Integration.Id,
                Name = _name,
                Service = string.IsNullOrWhiteSpace(_service) ? null : _service.Trim(),
                IntervalSeconds = interval!.Value,
                GraceSeconds = grace!.Value,
                Level = Enum.Parse<AlertLevel>(_level),
            },
            CancellationToken.None);
        _busy = false;
        _faults = FieldFaults.Of(outcome.Failure);
        if (outcome.Succeeded)
        {
            _dirty = false;
            await OnSaved.InvokeAsync();
        }
    }
}
