using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Incidents.Alerts.MetricRules;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Incidents.Alerts;

/// <summary>Changes the figures of a metric rule; its clause stays beside it.</summary>
public sealed partial class MetricRuleForm
{
    private const string Form = "metric-rule";

    private string _limit = "";
    private string _recovers = "";
    private string _window = "";
    private string _for = "";
    private FieldFaults _faults = FieldFaults.None;
    private bool _enabled;
    private bool _dirty;
    private bool _busy;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Parameter, EditorRequired] public MetricRuleSummary Summary { get; set; } = default!;

    [Parameter] public EventCallback OnSaved { get; set; }

    [Parameter] public EventCallback OnLeave { get; set; }

    protected override void OnInitialized()
    {
        var rule = Summary.Rule;
        _limit = rule.Limit.ToString(CultureInfo.InvariantCulture);
        _recovers = rule.RecoversAt?.ToString(CultureInfo.InvariantCulture) ?? "";
        _window = rule.WindowMinutes.ToString(CultureInfo.InvariantCulture);
        _for = rule.ForMinutes.ToString(CultureInfo.InvariantCulture);
        _enabled = Summary.Enabled;
    }

    private static string Id(string pointer) => FieldFaults.IdOf(Form, pointer);

    private void Change(ref string field, string value, string pointer)
    {
        field = value;
        _dirty = true;
        _faults = _faults.Without(pointer);
    }

    private void Toggle(ChangeEventArgs change) => (_enabled, _dirty) = (change.Value is true, true);

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var limit = NumberField.ReadDecimal(_limit, "/limit", faults);
        var recovers = string.IsNullOrWhiteSpace(_recovers) ? null : NumberField.ReadDecimal(_recovers, "/recoversAt", faults);
        var window = NumberField.Read(_window, "/windowMinutes", faults);
        var held = NumberField.Read(_for, "/forMinutes", faults);
        _faults = FieldFaults.Of(faults);
        if (_busy || faults.Count > 0)
        {
            return;
        }

        _busy = true;
        var outcome = await Dispatcher.Send(
            new ChangeMetricRule
            {
                Id = Summary.Rule.Id,
                Enabled = _enabled,
                Limit = limit!.Value,
                RecoversAt = recovers,
                WindowMinutes = window!.Value,
                ForMinutes = held!.Value,
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
