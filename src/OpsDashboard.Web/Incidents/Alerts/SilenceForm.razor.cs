using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Incidents.Alerts.Listing;
using OpsDashboard.Application.Incidents.Alerts.Silences;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Incidents.Alerts;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Incidents.Alerts;

/// <summary>Adds a silence, prefilled from an alert.</summary>
public sealed partial class SilenceForm() : DraftForm("silence")
{
    private static readonly string[] Prefilled = ["alertname", "platform", "service"];

    private string _matchers = "";
    private string _span = "2";
    private string _reason = "";

    [Inject] private TimeProvider Time { get; set; } = default!;

    /// <summary>Null: the fields are empty.</summary>
    [Parameter] public AlertSummary? Alert { get; set; }

    [Parameter] public EventCallback OnSaved { get; set; }

    /// <summary>In hours.</summary>
    private static IReadOnlyList<(string Value, string Word)> Spans { get; } =
    [
        ("1", "1 hour"),
        ("2", "2 hours"),
        ("8", "8 hours"),
        ("24", "1 day"),
        ("72", "3 days"),
        ("168", "1 week"),
        ("720", "30 days"),
    ];

    protected override void OnInitialized()
    {
        if (Alert is { } alert)
        {
            _matchers = string.Join('\n', Prefilled.Where(alert.Labels.ContainsKey).Select(name => new LabelMatcher(name, MatchOperator.Equal, alert.Labels[name]).ToString()));
        }
    }

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var matchers = MatcherText.Read(_matchers, "/matchers", faults);
        if (!IsReady(faults))
        {
            return;
        }

        var outcome = await SubmitAsync(
            new AddSilence
            {
                Matchers = matchers,
                EndsAt = Time.GetUtcNow().AddHours(int.Parse(_span, CultureInfo.InvariantCulture)),
                Reason = _reason,
            });
        if (outcome.Succeeded)
        {
            await OnSaved.InvokeAsync();
        }
    }
}
