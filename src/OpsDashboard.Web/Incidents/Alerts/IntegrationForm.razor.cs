using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Incidents.Alerts.Integrations;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Incidents.Alerts;

/// <summary>Adds an integration.</summary>
public sealed partial class IntegrationForm
{
    private const string Form = "integration";

    private string _name = "";
    private string _platform = "";
    private string _stale = "300";
    private FieldFaults _faults = FieldFaults.None;
    private bool _dirty;
    private bool _busy;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<string> Platforms { get; set; } = [];

    [Parameter] public EventCallback<CreatedIntegration> OnSaved { get; set; }

    [Parameter] public EventCallback OnLeave { get; set; }

    private IReadOnlyList<(string Value, string Word)> Options => [.. Platforms.Select(platform => (platform, platform))];

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
        var stale = NumberField.Read(_stale, "/staleAfterMinutes", faults);
        _faults = FieldFaults.Of(faults);
        if (_busy || faults.Count > 0)
        {
            return;
        }

        _busy = true;
        var outcome = await Dispatcher.Send(
            new CreateIntegration { Name = _name, Platform = _platform.Length == 0 ? null : _platform, StaleAfterMinutes = stale!.Value },
            CancellationToken.None);
        _busy = false;
        _faults = FieldFaults.Of(outcome.Failure);
        if (outcome.Succeeded)
        {
            _dirty = false;
            await OnSaved.InvokeAsync(outcome.Value);
        }
    }
}
