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
public sealed partial class SilenceForm
{
    private const string Form = "silence";
    private static readonly string[] Prefilled = ["alertname", "platform", "service"];

    private string _matchers = "";
    private string _span = "2";
    private string _reason = "";
    private FieldFaults _faults = FieldFaults.None;
    private bool _dirty;
    private bool _busy;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    /// <summary>Null: the fields are empty.</summary>
    [Parameter] public AlertSummary? Alert { get; set; }

    [Parameter] public EventCallback OnSaved { get; set; }

    [Parameter] public EventCallback OnLeave { get; set; }

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
        var matchers = MatcherText.Read(_matchers, "/matchers", faults);
        _faults = FieldFaults.Of(faults);
        if (_busy || faults.Count > 0)
        {
            return;
        }

        _busy = true;
        var outcome = await Dispatcher.Send(
            new AddSilence
            {
                Matchers = matchers,
                EndsAt = Time.GetUtcNow().AddHours(int.Parse(_span, CultureInfo.InvariantCulture)),
                Reason = _reason,
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
