using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Incidents.Alerts.MetricRules;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Incidents.Alerts;

/// <summary>Changes the figures of a metric rule; its clause stays beside it.</summary>
public sealed partial class MetricRuleForm() : DraftForm("metric-rule")
{
    private string _limit = "";
    private string _recovers = "";
    private string _window = "";
    private string _for = "";
    private bool _enabled;

    [Parameter, EditorRequired] public MetricRuleSummary Summary { get; set; } = default!;

    [Parameter] public EventCallback OnSaved { get; set; }

    protected override void OnInitialized()
    {
        var rule = Summary.Rule;
        _limit = rule.Limit.ToString(CultureInfo.InvariantCulture);
        _recovers = rule.RecoversAt?.ToString(CultureInfo.InvariantCulture) ?? "";
        _window = rule.WindowMinutes.ToString(CultureInfo.InvariantCulture);
        _for = rule.ForMinutes.ToString(CultureInfo.InvariantCulture);
        _enabled = Summary.Enabled;
    }

    private void Toggle(ChangeEventArgs change) => (_enabled, IsDirty) = (change.Value is true, true);

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var limit = NumberField.ReadDecimal(_limit, "/limit", faults);
        var recovers = string.IsNullOrWhiteSpace(_recovers) ? null : NumberField.ReadDecimal(_recovers, "/recoversAt", faults);
        var window = NumberField.Read(_window, "/windowMinutes", faults);
        var held = NumberField.Read(_for, "/forMinutes", faults);
        if (!IsReady(faults))
        {
            return;
        }

        var outcome = await SubmitAsync(
            new ChangeMetricRule
            {
                Id = Summary.Rule.Id,
                Enabled = _enabled,
                Limit = limit!.Value,
                RecoversAt = recovers,
                WindowMinutes = window!.Value,
                ForMinutes = held!.Value,
            });
        if (outcome.Succeeded)
        {
            await OnSaved.InvokeAsync();
        }
    }
}
