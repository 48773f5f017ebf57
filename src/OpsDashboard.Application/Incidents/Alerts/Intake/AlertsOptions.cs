using Microsoft.Extensions.Options;

namespace OpsDashboard.Application.Incidents.Alerts.Intake;

/// <summary>Section <c>Alerts</c>.</summary>
public sealed class AlertsOptions
{
    /// <summary>Largest request body in bytes.</summary>
    public int MaxBodyBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Most alerts in one body.</summary>
    public int MaxAlertsPerBody { get; set; } = 10_000;

    /// <summary>Alerts that may wait to be recorded before a sender is answered 503.</summary>
    public int MaxPendingAlerts { get; set; } = 50_000;

    /// <summary>Whether metric rules are judged.</summary>
    public bool MetricRules { get; set; } = true;
}

internal sealed class AlertsOptionsValidator : IValidateOptions<AlertsOptions>
{
    public ValidateOptionsResult Validate(string? name, AlertsOptions options)
    {
        var faults = new List<string>();
        if (options.MaxBodyBytes is < 1024 or > 100 * 1024 * 1024)
        {
            faults.Add("Alerts:MaxBodyBytes must be between 1,024 and 104,857,600.");
        }

        if (options.MaxAlertsPerBody is < 1 or > 100_000)
        {
            faults.Add("Alerts:MaxAlertsPerBody must be between 1 and 100,000.");
        }

        if (options.MaxPendingAlerts < options.MaxAlertsPerBody)
        {
            faults.Add("Alerts:MaxPendingAlerts must not be below Alerts:MaxAlertsPerBody.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
