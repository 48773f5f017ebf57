using MediatR;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents.Alerts;
using OpsDashboard.Application.Incidents.Alerts.Integrations;
using OpsDashboard.Application.Incidents.Alerts.Intake;
using OpsDashboard.Application.Incidents.Alerts.MetricRules;
using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Domain.Incidents.Alerts;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;
using static OpsDashboard.Application.Tests.Incidents.Alerts.AlertStage;

namespace OpsDashboard.Application.Tests.Incidents.Alerts;

/// <summary>The product's own sources: budgets, metric rules, heartbeats.</summary>
public sealed class SourcesTests
{
    private static readonly BurnAlertRule Fast = new(AlertSeverity.Page, 60, 5, 14.4m);
    private static readonly BurnAlertRule Slow = new(AlertSeverity.Ticket, 4320, 360, 1m);

    [Fact]
    public async Task Budget_BurningFastAndSlowly_PagesOnceAndWritesATicket()
    {
        await using var stage = await SetAsync();

        await PublishAsync(stage, new BurnRateBreached(1, "shop/checkout/availability", Fast, Start.AddMinutes(-3)));
        await PublishAsync(stage, new BurnRateBreached(2, "shop/checkout/availability", Slow, Start));
        var open = await stage.AlertsAsync();
        await PublishAsync(stage, new BurnRateRecovered(1, "shop/checkout/availability", Fast, Start));
        await PublishAsync(stage, new BurnRateBreached(3, "shop/checkout/availability", Fast, Start.AddMinutes(-1)));

        Assert.Equal([("P1", AlertAction.Page, true), ("P2", AlertAction.Notify, false)], open.Select(alert => (alert.Severity, alert.Action, alert.IncidentId is not null)));
        Assert.Equal([false, true, true], (await stage.AlertsAsync()).Select(alert => alert.IsOpen));
    }

    [Fact]
    public async Task Heartbeat_ThatNeverComes_IsAlarmedAfterItsGraceAndEndsWithAPing()
    {
        await using var stage = await SetAsync();
        await stage.SendAsync(new AddHeartbeat { IntegrationId = stage.IntegrationId, Name = "nightly-backup", IntervalSeconds = 3600, GraceSeconds = 300 });

        await stage.StepAsync(TimeSpan.FromSeconds(3899));
        var before = await stage.AlertsAsync();
        await stage.StepAsync(TimeSpan.FromSeconds(1));
        await stage.StepAsync(TimeSpan.FromSeconds(1));
        var alarmed = Assert.Single(await stage.AlertsAsync());
        var ping = await stage.PostAsync("heartbeat", null);
        var pinged = Assert.Single(await stage.AlertsAsync());
        await stage.StepAsync(TimeSpan.FromSeconds(3900));

        Assert.Empty(before);
        Assert.Equal(("Heartbeat nightly-backup never came", "P1"), (alarmed.Title, alarmed.Severity));
        Assert.Equal((200, "nightly-backup"), (ping.Status, ping.Body.GetProperty("name").GetString()));
        Assert.False(pinged.IsOpen);
        Assert.Equal("Heartbeat nightly-backup is missing", (await stage.AlertsAsync())[^1].Title);
    }

    [Fact]
    public async Task Heartbeat_PingedWithoutAnyOrWithAmbiguousName_IsToldSo()
    {
        await using var stage = await SetAsync();
        var none = await stage.PostAsync("heartbeat", null);
        await stage.SendAsync(new AddHeartbeat { IntegrationId = stage.IntegrationId, Name = "a", IntervalSeconds = 10 });
        await stage.SendAsync(new AddHeartbeat { IntegrationId = stage.IntegrationId, Name = "b", IntervalSeconds = 10 });

        var which = await stage.PostAsync("heartbeat", null);
        var unknown = await stage.PostAsync("heartbeat?name=c", null);
        var named = await stage.PostAsync("heartbeat?name=b", null);

        Assert.Equal((422, 422, 422, 200), (none.Status, which.Status, unknown.Status, named.Status));
        Assert.Equal([false, true], Assert.Single((await stage.SendAsync(new ListIntegrations())).Value).Heartbeats.Select(heartbeat => heartbeat.LastPingAt is not null));
    }

    [Fact]
    public async Task MetricRule_HeldLongEnough_PagesAndEndsBelowItsRecovery()
    {
        await using var stage = await SetAsync();
        await SendAsync(stage, 12, 0.02);
        await stage.StepAsync(TimeSpan.FromMinutes(1));
        var warned = await stage.AlertsAsync();
        await SendAsync(stage, 12, 0.2);
        await stage.StepAsync(TimeSpan.FromMinutes(1));
        var critical = (await stage.AlertsAsync())[^1];
        await stage.StepAsync(TimeSpan.FromMinutes(40));
        var silent = await StandingAsync(stage, "agent-mesh/api-error-rate-critical");
        await SendAsync(stage, 12, 0.045);
        await stage.StepAsync(TimeSpan.FromMinutes(1));
        var hovering = (await stage.AlertsAsync()).Single(alert => alert.Id == critical.Id);
        await SendAsync(stage, 12, 0);
        await stage.StepAsync(TimeSpan.FromMinutes(1));

        Assert.Equal([("API error rate above 1 %", "Sev 3", AlertAction.Notify)], warned.Select(alert => (alert.Title, alert.Severity, alert.Action)));
        Assert.Equal(("API error rate above 5 %", "Sev 1", AlertAction.Page), (critical.Title, critical.Severity, critical.Action));
        Assert.Contains("API error rate >5%", critical.Description!, StringComparison.Ordinal);
        Assert.Equal((MetricRuleState.Firing, null), (silent.State, silent.Value));
        Assert.True(hovering.IsOpen);
        Assert.All(await stage.AlertsAsync(), alert => Assert.False(alert.IsOpen));
    }

    [Fact]
    public async Task Downtime_OfMoreThanFiveMinutesEvenInSilence_IsAlarmed()
    {
        await using var stage = await SetAsync();
        await SendAsync(stage, 30, 0, "mlops/platform-infrastructure/availability");
        await stage.StepAsync(TimeSpan.FromMinutes(5));
        stage.Listening = TimeSpan.FromMinutes(8);
        await stage.StepAsync(TimeSpan.FromMinutes(2));
        // Who has just started was not there to hear it.
        var early = await stage.AlertsAsync();

        stage.Listening = TimeSpan.FromMinutes(9);
        await stage.StepAsync(TimeSpan.FromSeconds(30));

        Assert.Empty(early);
        var alert = Assert.Single(await stage.AlertsAsync());
        Assert.Equal(("Down for more than 5 minutes", "P0"), (alert.Title, alert.Severity));
        var never = await StandingAsync(stage, "agent-mesh/disk-usage");
        Assert.Equal((MetricRuleState.NoData, null), (never.State, never.Value));
    }

    [Fact]
    public async Task MetricRule_SwitchedOff_EndsItsAlertAndKeepsWhatWasSet()
    {
        await using var stage = await SetAsync();
        await SendAsync(stage, 12, 0.02);
        await stage.StepAsync(TimeSpan.FromMinutes(1));
        var change = new ChangeMetricRule { Id = "agent-mesh/api-error-rate-warning", Enabled = false, Limit = 3, RecoversAt = 4, WindowMinutes = 5, ForMinutes = 2 };

        var wrong = await stage.SendAsync(change);
        var off = await stage.SendAsync(change with { RecoversAt = 2 });
        await stage.StepAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("recoversAt.side", Assert.Single(wrong.Failure!.Faults).Rule);
        Assert.True(off.Succeeded);
        Assert.False(Assert.Single(await stage.AlertsAsync()).IsOpen);
        var rule = (await stage.SendAsync(new ListMetricRules())).Value.Single(rule => rule.Rule.Id == change.Id);
        Assert.Equal((false, true, 3m), (rule.Enabled, rule.EditedByUser, rule.Rule.Limit));
    }

    [Fact]
    public void ShippedRules_AreAllOfBothContractsWithTheirWords()
    {
        var rules = ShippedMetricRules.All;

        Assert.Equal(
            [(AlertLevel.Critical, 6), (AlertLevel.Warning, 4), (AlertLevel.Info, 3)],
            rules.GroupBy(rule => rule.Level).Select(group => (group.Key, group.Count())));
        Assert.Distinct(rules.Select(rule => rule.Id));
        Assert.All(rules, rule => Assert.False(rule.RecoversAt is { } recovers && rule.IsBreach(recovers)));
        Assert.All(rules, rule => Assert.InRange(rule.WindowMinutes, 1, MetricRule.MaxWindowMinutes));
        using var stream = typeof(SourcesTests).Assembly.GetManifestResourceStream("contracts/alerting.txt")!;
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n');
        foreach (var rule in rules)
        {
            Assert.Contains(lines, line => line == $"- {rule.Clause.Quote}" || line.EndsWith($": {rule.Clause.Quote}", StringComparison.Ordinal));
        }

        // And the other way round: every line that is a rule is shipped.
        Assert.Equal(lines.Count(line => line.StartsWith("- ", StringComparison.Ordinal)), rules.Select(rule => rule.Clause.Quote).Distinct().Count());
    }

    private static Task PublishAsync(AlertStage stage, INotification notification) =>
        stage.WorkAsync(services => services.GetRequiredService<IMediator>().Publish(notification, TestContext.Current.CancellationToken));

    /// <summary>The minutes up to now, with a share of failures.</summary>
    private static Task SendAsync(AlertStage stage, int minutes, double badShare, string sli = "agent-mesh/platform/availability")
    {
        var now = stage.Clock.GetUtcNow();
        var whole = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        return stage.App.PlantHistoryAsync(
            sli,
            Enumerable.Range(1, minutes).Select(back => (whole.AddMinutes(-back), MinuteCell.OfEvents((long)(1000 * (1 - badShare)), 1000))),
            false);
    }

    private static async Task<MetricRuleStanding> StandingAsync(AlertStage stage, string rule) =>
        (await stage.SendAsync(new ListMetricRules())).Value.Single(one => one.Rule.Id == rule).Standings[0];
}
