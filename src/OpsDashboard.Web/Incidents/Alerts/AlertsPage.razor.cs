using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Incidents.Alerts.Listing;
using OpsDashboard.Application.Incidents.Alerts.MetricRules;
using OpsDashboard.Application.Incidents.Alerts.Routing;
using OpsDashboard.Application.Incidents.Alerts.Silences;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Incidents.Alerts;

/// <summary>What fires, what is silenced, and the rules that decide.</summary>
public sealed partial class AlertsPage
{
    private const string SilencesTab = "silences";
    private const string RulesTab = "rules";
    private const string RoutingTab = "routing";

    private AlertList? _alerts;
    private IReadOnlyList<SilenceSummary> _silences = [];
    private IReadOnlyList<MetricRuleSummary> _rules = [];
    private IReadOnlyList<RoutingRuleSummary> _routes = [];
    private AlertSummary? _silencing;
    private MetricRuleSummary? _changing;
    private RoutingRuleSummary? _routing;
    private RoutingTrialCard? _trial;
    private string? _fault;
    private Form _adding;
    private bool _failed;

    private enum Form
    {
        None,
        Silence,
        Route,
    }

    [SupplyParameterFromQuery(Name = "tab")] public string? Tab { get; set; }

    [SupplyParameterFromQuery(Name = "state")] public string? State { get; set; }

    [SupplyParameterFromQuery(Name = "platform")] public string? Platform { get; set; }

    [SupplyParameterFromQuery(Name = "level")] public string? Level { get; set; }

    [SupplyParameterFromQuery(Name = "source")] public string? Source { get; set; }

    [SupplyParameterFromQuery(Name = "muted")] public string? Muted { get; set; }

    [SupplyParameterFromQuery(Name = "q")] public string? Text { get; set; }

    [Inject] private NavigationManager Location { get; set; } = default!;

    private AlertView Query => AlertView.Of(State, Platform, Level, Source, Muted, Text);

    private string Answer
    {
        get
        {
            if (_alerts is null)
            {
                return "Reading the alerts.";
            }

            var open = _alerts.Open.Values.Sum();
            var muted = _alerts.Muted == 0 ? "" : $", {_alerts.Muted} muted";
            var stale = _alerts.Stale == 0 ? "" : $", {_alerts.Stale} stale";
            return open == 0 ? "Nothing fires." : $"{AlertWords.Many(open, "open alert")}{muted}{stale}.";
        }
    }

    protected override Task OnInitializedAsync() => ListenAsync([("alerts", "all")], TimeSpan.FromSeconds(1), LoadAsync);

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var alerts = await Send(Query.ToRequest());
        var silences = await Send(new ListSilences());
        var rules = await Send(new ListMetricRules());
        var routes = await Send(new ListRoutingRules());
        _failed = !alerts.Succeeded || !silences.Succeeded || !rules.Succeeded || !routes.Succeeded;
        if (!_failed)
        {
            var rerouted = !_routes.Select(route => route.Id).SequenceEqual(routes.Value.Select(route => route.Id)) || _routing is not null;
            (_alerts, _silences, _rules, _routes) = (alerts.Value, silences.Value, rules.Value, routes.Value);
            await (rerouted && _trial is { } trial ? trial.RefreshAsync() : Task.CompletedTask);
        }
    }

    private void Filter(ChangeEventArgs change) => Location.NavigateTo((Query with { Text = change.Value?.ToString() }).Href(), replace: true);

    private void Silence(AlertSummary? alert)
    {
        _silencing = alert;
        _adding = Form.Silence;
    }

    private void Leave()
    {
        _adding = Form.None;
        (_changing, _routing) = (null, null);
    }

    private async Task SavedAsync()
    {
        await LoadAsync();
        Leave();
    }

    private async Task EndAsync(SilenceSummary silence)
    {
        _fault = (await Send(new EndSilence(silence.Id))).Failure?.Message;
        await LoadAsync();
    }

    private async Task MoveAsync((RoutingRuleSummary Rule, int By) move)
    {
        _fault = (await Send(new ChangeRoutingRule(move.Rule.Id) { Move = move.By })).Failure?.Message;
        await LoadAsync();
    }

    private async Task RemoveAsync(RoutingRuleSummary rule)
    {
        _fault = (await Send(new RemoveRoutingRule(rule.Id))).Failure?.Message;
        await LoadAsync();
    }
}
