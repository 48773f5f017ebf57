using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Store;
using static OpsDashboard.Application.Tests.Incidents.Alerts.AlertStage;

namespace OpsDashboard.Application.Tests.Incidents.Alerts;

public sealed class BurstTests(ITestOutputHelper output)
{
    private const int Alerts = 1_000;

    [Fact]
    public async Task ThousandAlerts_InOneBurstOfCalls_AreAllGroupedOnce()
    {
        await using var stage = await SetAsync();
        var began = Stopwatch.StartNew();

        var statuses = await Task.WhenAll(Enumerable.Range(0, Alerts).Select(i =>
            stage.AlertmanagerAsync($"group {i % 10}", Firing($"Alert {i}", Start, $"f{i}", service: $"service-{i % 10}"))));

        output.WriteLine($"1,000 calls: {began.ElapsedMilliseconds} ms");
        Assert.All(statuses, answer => Assert.Equal(200, answer.Status));
        await AssertGroupedAsync(stage, 10);
    }

    [Fact]
    public async Task ThousandAlerts_InOneBody_AreAllGroupedOnce()
    {
        await using var stage = await SetAsync();
        var began = Stopwatch.StartNew();

        var answer = await stage.AlertmanagerAsync("group", [.. Enumerable.Range(0, Alerts).Select(i => Firing($"Alert {i}", Start, $"f{i}"))]);

        output.WriteLine($"1,000 alerts in one body: {began.ElapsedMilliseconds} ms");
        Assert.Equal(Alerts, answer.Body.GetProperty("opened").GetInt32());
        await AssertGroupedAsync(stage, 1);
    }

    [Fact]
    public async Task ThousandAlerts_OfAsManyGroups_OpenAThousandIncidentsEachTold()
    {
        await using var stage = await SetAsync();
        var began = Stopwatch.StartNew();

        var answer = await stage.PostAsync("alerts", Enumerable.Range(0, Alerts).Select(i => new { key = $"k{i}", groupKey = $"g{i}", title = $"Alert {i}", severity = "critical" }));

        output.WriteLine($"1,000 alerts of 1,000 groups: {began.ElapsedMilliseconds} ms");
        Assert.Equal(Alerts, answer.Body.GetProperty("opened").GetInt32());
        await AssertGroupedAsync(stage, Alerts);
        var incidents = await stage.IncidentsAsync();
        Assert.Equal(Alerts, incidents.Select(incident => incident.Name).Distinct().Count());
        var told = (await stage.ReadAsync(db => db.Set<TimelineRow>().OrderBy(row => row.Id).ToListAsync(TestContext.Current.CancellationToken))).ToLookup(row => row.IncidentId, row => row.Kind);
        // In the order of what happened, though written by the hundred.
        Assert.All(incidents, incident => Assert.Equal((TimelineKind.Opened, TimelineKind.Alert), (told[incident.Id].First(), told[incident.Id].Last())));
    }

    private static async Task AssertGroupedAsync(AlertStage stage, int incidents)
    {
        var alerts = await stage.AlertsAsync();
        Assert.Equal(Alerts, alerts.Select(alert => alert.Key).Distinct().Count());
        Assert.Equal(Alerts, alerts.Count);
        Assert.Equal(incidents, alerts.Select(alert => alert.IncidentId).Distinct().Count());
        Assert.Equal(incidents, (await stage.IncidentsAsync()).Count);
    }
}
