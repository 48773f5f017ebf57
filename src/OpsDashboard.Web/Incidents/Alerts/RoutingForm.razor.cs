using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Incidents.Alerts.Routing;
using OpsDashboard.Application.OnCall.Policies;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Incidents.Alerts;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Incidents.Alerts;

/// <summary>Adds a routing rule, or changes one.</summary>
public sealed partial class RoutingForm() : DraftForm("route")
{
    private string _name = "";
    private string _matchers = "";
    private string _platform = "";
    private string _service = "";
    private string _level = "";
    private string _action = "";
    private string _policy = "";
    private IReadOnlyList<(string Value, string Word)> _policies = [];

    /// <summary>Null: a new one.</summary>
    [Parameter] public RoutingRuleSummary? Editing { get; set; }

    [Parameter] public EventCallback OnSaved { get; set; }

    private static IReadOnlyList<(string Value, string Word)> Levels { get; } = [.. Enum.GetValues<AlertLevel>().Select(level => (level.ToString(), AlertWords.Of(level)))];

    private static IReadOnlyList<(string Value, string Word)> Actions { get; } = [.. Enum.GetValues<AlertAction>().Select(action => (action.ToString(), AlertWords.Of(action)))];

    protected override async Task OnInitializedAsync()
    {
        var policies = await Dispatcher.Send(new ListPolicies(), CancellationToken.None);
        _policies = policies.Succeeded ? [.. policies.Value.Select(policy => (policy.Id, policy.Name))] : [];
    }

    protected override void OnInitialized()
    {
        if (Editing?.Rule is { } rule)
        {
            (_name, _matchers) = (rule.Name, string.Join('\n', rule.Matchers));
            (_platform, _service, _policy) = (rule.Platform ?? "", rule.Service ?? "", rule.PolicyId ?? "");
            (_level, _action) = (rule.Level?.ToString() ?? "", rule.Action?.ToString() ?? "");
        }
    }

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var matchers = MatcherText.Read(_matchers, "/rule/matchers", faults);
        if (!IsReady(faults))
        {
            return;
        }

        var rule = new RoutingRule
        {
            Name = _name,
            Matchers = matchers,
            Platform = Text(_platform),
            Service = Text(_service),
            Level = Enum.TryParse<AlertLevel>(_level, out var level) ? level : null,
            // Programs may state it; this form leaves it as it is.
            Severity = Editing?.Rule.Severity,
            PolicyId = Text(_policy),
            Action = Enum.TryParse<AlertAction>(_action, out var action) ? action : null,
        };
        var outcome = Editing is { } editing
            ? await SubmitAsync(new ChangeRoutingRule(editing.Id) { Rule = rule })
            : await SubmitAsync(new AddRoutingRule(rule));
        if (outcome.Succeeded)
        {
            await OnSaved.InvokeAsync();
        }
    }

    private static string? Text(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
