using System.Text.Json;
using OpsDashboard.Application.Incidents.Alerts;
using OpsDashboard.Application.Incidents.Alerts.Listing;
using OpsDashboard.Domain.Incidents.Alerts;
using static OpsDashboard.Application.Tests.Incidents.Alerts.AlertStage;

namespace OpsDashboard.Application.Tests.Incidents.Alerts;

public sealed class AlertmanagerTests
{
    [Fact]
    public async Task Alert_FiringRepeatedAndResolved_IsOneAlertAndOneIncident()
    {
        await using var stage = await SetAsync();
        var began = Start.AddMinutes(-2);

        var opened = await stage.AlertmanagerAsync("{}:{alertname=\"Errors\"}", Firing("Errors", began, "aaa"));
        stage.Clock.StepTo(Start.AddHours(4));
        var repeated = await stage.AlertmanagerAsync("{}:{alertname=\"Errors\"}", Firing("Errors", began, "aaa", summary: "Now at 12 %"));
        var open = Assert.Single(await stage.AlertsAsync());
        stage.Clock.StepTo(Start.AddHours(5));
        var resolved = await stage.AlertmanagerAsync("{}:{alertname=\"Errors\"}", Resolved("Errors", began, Start.AddHours(5), "aaa"));
        var again = await stage.AlertmanagerAsync("{}:{alertname=\"Errors\"}", Resolved("Errors", began, Start.AddHours(5), "aaa"));

        Assert.Equal((200, "opened"), (opened.Status, What(opened.Body)));
        Assert.Equal((200, "repeated"), (repeated.Status, What(repeated.Body)));
        Assert.Equal((200, "resolved"), (resolved.Status, What(resolved.Body)));
        Assert.Equal((200, "ignored"), (again.Status, What(again.Body)));
        Assert.Equal(("Now at 12 %", 1, 1, true), (open.Title, open.Repeats, open.Occurrences, open.IsOpen));
        Assert.Equal(("shop", "checkout", "P0", AlertLevel.Critical, AlertAction.Page), (open.Platform, open.Service, open.Severity, open.Level, open.Action));
        Assert.Equal(began.ToUnixTimeMilliseconds(), open.StartsAtMs);
        Assert.False(Assert.Single(await stage.AlertsAsync()).IsOpen);
        Assert.Equal(open.IncidentId, Assert.Single(await stage.IncidentsAsync()).Id);
    }

    [Fact]
    public async Task Resolve_BeforeItsFiring_OpensNothingAndPagesNobody()
    {
        await using var stage = await SetAsync();

        var end = await stage.AlertmanagerAsync("g", Resolved("Errors", Start.AddMinutes(-5), Start.AddMinutes(-1), "aaa"));
        var late = await stage.AlertmanagerAsync("g", Firing("Errors", Start.AddMinutes(-5), "aaa"));

        Assert.Equal(("ignored", "ignored"), (What(end.Body), What(late.Body)));
        Assert.Empty(await stage.AlertsAsync());
        Assert.Empty(await stage.IncidentsAsync());
    }

    [Fact]
    public async Task Firing_WithTheOldStartLongAfterItsEnd_OpensAgain()
    {
        await using var stage = await SetAsync();
        await stage.AlertmanagerAsync("g", Firing("Errors", Start.AddMinutes(-5), "aaa"));
        await stage.AlertmanagerAsync("g", Resolved("Errors", Start.AddMinutes(-5), Start, "aaa"));

        stage.Clock.StepTo(Start.Add(AlertSequence.Overtaking));
        var again = await stage.AlertmanagerAsync("g", Firing("Errors", Start.AddMinutes(-5), "aaa"));

        Assert.Equal("opened", What(again.Body));
        Assert.Equal([false, true], (await stage.AlertsAsync()).Select(alert => alert.IsOpen));
    }

    [Fact]
    public async Task Occurrences_ToldOutOfOrder_EndWhenTheLastOneEnds()
    {
        await using var stage = await SetAsync();
        var (first, second) = (Start.AddMinutes(-20), Start.AddMinutes(-5));

        await stage.AlertmanagerAsync("g", Firing("Errors", first, "aaa"));
        var anew = await stage.AlertmanagerAsync("g", Firing("Errors", second, "aaa"));
        var endOfFirst = await stage.AlertmanagerAsync("g", Resolved("Errors", first, Start.AddMinutes(-10), "aaa"));
        var open = Assert.Single(await stage.AlertsAsync());
        var endOfSecond = await stage.AlertmanagerAsync("g", Resolved("Errors", second, Start, "aaa"));
        var overtaken = await stage.AlertmanagerAsync("g", Firing("Errors", first.AddMinutes(1), "aaa"));

        Assert.Equal(("repeated", "repeated", "resolved", "ignored"), (What(anew.Body), What(endOfFirst.Body), What(endOfSecond.Body), What(overtaken.Body)));
        Assert.Equal((true, 2), (open.IsOpen, open.Occurrences));
        Assert.Single(await stage.IncidentsAsync());
    }

    [Fact]
    public async Task Alerts_OfOneGroup_ShareAnIncidentAndItIsMarkedWhenAllCleared()
    {
        await using var stage = await SetAsync();
        var began = Start.AddMinutes(-1);

        await stage.AlertmanagerAsync("g", Firing("A", began, "a", service: "checkout"), Firing("B", began, "b", service: "search"));
        await stage.AlertmanagerAsync("g", Resolved("A", began, Start, "a"), Firing("B", began, "b", service: "search"));
        var alerts = await stage.AlertsAsync();
        var incident = Assert.Single(await stage.IncidentsAsync());
        await stage.AlertmanagerAsync("g", Resolved("B", began, Start, "b", service: "search"));

        Assert.Equal([incident.Id, incident.Id], alerts.Select(alert => alert.IncidentId));
        Assert.Equal([false, true], alerts.Select(alert => alert.IsOpen));
        Assert.Null(incident.ResolvedAtMs);
        Assert.NotNull(Assert.Single(await stage.IncidentsAsync()).ResolvedAtMs);
    }

    [Fact]
    public async Task Alerts_OfOtherGroups_JoinByServiceAndSeverityWithinTheWindow()
    {
        await using var stage = await SetAsync();

        await stage.AlertmanagerAsync("g1", Firing("A", Start, "a"));
        stage.Clock.StepTo(Start.AddMinutes(9));
        await stage.AlertmanagerAsync("g2", Firing("B", Start, "b"));
        await stage.AlertmanagerAsync("g3", Firing("C", Start, "c", severity: "page"));
        stage.Clock.StepTo(Start.AddMinutes(30));
        await stage.AlertmanagerAsync("g2", Firing("D", Start.AddMinutes(20), "d", service: "search"));
        await stage.AlertmanagerAsync("g4", Firing("E", Start.AddMinutes(20), "e"));

        var incidents = (await stage.AlertsAsync()).Select(alert => alert.IncidentId!.Value).ToList();
        Assert.Equal([incidents[0], incidents[0], incidents[2], incidents[0], incidents[4]], incidents);
        Assert.Equal(3, incidents.Distinct().Count());
    }

    [Fact]
    public async Task Alert_WithoutFingerprint_IsKnownByItsLabelsAndNotItsAnnotations()
    {
        await using var stage = await SetAsync();

        await stage.AlertmanagerAsync("g", Firing("A", Start.AddMinutes(-1), summary: "5 %"));
        await stage.AlertmanagerAsync("g", Firing("A", Start.AddMinutes(-1), summary: "6 %"));
        await stage.AlertmanagerAsync("g", Firing("A", Start.AddMinutes(-1), service: "search"));

        Assert.Equal([("checkout", 1), ("search", 0)], (await stage.AlertsAsync()).Select(alert => (alert.Service!, alert.Repeats)));
    }

    [Fact]
    public async Task Levels_OfSenders_DecideWhoIsTold()
    {
        await using var stage = await SetAsync();

        await stage.AlertmanagerAsync(
            "g",
            Firing("A", Start, "a", severity: "Sev 1"),
            Firing("B", Start, "b", severity: "warning"),
            Firing("C", Start, "c", severity: "none"),
            Firing("D", Start, "d", severity: "whatever"));

        var alerts = await stage.AlertsAsync();
        Assert.Equal(
            [("P0", AlertAction.Page), ("P2", AlertAction.Notify), ("P3", AlertAction.Record), ("P1", AlertAction.Page)],
            alerts.Select(alert => (alert.Severity, alert.Action)));
        Assert.Equal([true, false, false, true], alerts.Select(alert => alert.IncidentId is not null));
    }

    [Fact]
    public async Task Alert_WithoutNewsForLongerThanItsSenderRepeats_IsStaleUntilItIsToldAgain()
    {
        await using var stage = await SetAsync();
        await stage.AlertmanagerAsync("g", Firing("A", Start, "a"));
        await stage.PostAsync("alerts", new { key = "script", title = "From a script, told once" });

        stage.Clock.StepTo(Start.AddMinutes(300));
        var fresh = (await stage.SendAsync(new ListAlerts())).Value;
        stage.Clock.StepTo(Start.AddMinutes(300).AddMilliseconds(1));
        var stale = (await stage.SendAsync(new ListAlerts())).Value;
        await stage.AlertmanagerAsync("g", Firing("A", Start, "a"));
        var told = (await stage.SendAsync(new ListAlerts())).Value;

        Assert.Equal((0, 1, 0), (fresh.Stale, stale.Stale, told.Stale));
        Assert.Equal(["A"], stale.Items.Where(alert => alert.Stale).Select(alert => alert.Title));
        Assert.All(stale.Items, alert => Assert.Null(alert.ResolvedAt));
    }

    [Fact]
    public async Task Truncated_Body_InfersNothing()
    {
        await using var stage = await SetAsync();
        await stage.AlertmanagerAsync("g", Firing("A", Start, "a"), Firing("B", Start, "b"));

        var truncated = await stage.PostAsync("alertmanager", new { version = "4", groupKey = "g", truncatedAlerts = 1, someday = new { more = 1 }, status = "resolved", alerts = new[] { Firing("A", Start, "a") } });

        Assert.Equal(200, truncated.Status);
        Assert.Equal([true, true], (await stage.AlertsAsync()).Select(alert => alert.IsOpen));
    }

    [Fact]
    public async Task Body_WithWrongFields_IsRefusedWithAllOfThemAndLeavesItsTrace()
    {
        await using var stage = await SetAsync();

        var refused = await stage.PostAsync("alertmanager", new
        {
            groupKey = 7,
            alerts = new object[] { "text", new { status = "odd", labels = new { a = 1 }, startsAt = "today" }, Firing("Good", Start, "good") },
        });
        var empty = await stage.PostAsync("alertmanager", new { version = "4" });
        var wrongKey = await stage.App.Http.PostAsync(new Uri($"/api/v1/integrations/{new string('k', 43)}/alertmanager", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal(422, refused.Status);
        Assert.Equal(
            ["/groupKey groupKey.text", "/alerts/0 alert.object", "/alerts/1/status status.known", "/alerts/1/labels/a labels.text", "/alerts/1/labels labels.required", "/alerts/1/startsAt startsAt.rfc3339"],
            refused.Body.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("pointer").GetString()} {error.GetProperty("rule").GetString()}"));
        Assert.Equal(422, empty.Status);
        Assert.Equal(404, (int)wrongKey.StatusCode);
        Assert.Empty(await stage.AlertsAsync());
    }

    internal static string What(JsonElement receipt) =>
        Assert.Single(receipt.EnumerateObject(), count => count.Value.GetInt32() > 0).Name;
}
