using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Alerts;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Incidents.Detail;
using OpsDashboard.Application.Incidents.Figures;
using OpsDashboard.Application.Incidents.Updates;
using OpsDashboard.Application.Incidents.Work;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Tests.Incidents;

/// <summary>What people do with an incident, and what its clocks say to that.</summary>
public sealed class IncidentWorkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clock_Missed_GoesToTheOperationsManagerOnce_AndAPauseGivesTime()
    {
        await using var stage = await IncidentStage.SetAsync();
        var incident = await stage.OpenAsync("Sev 1", "agent-mesh");
        await stage.SendAsync(new AcknowledgeIncident(incident.Id, "anna"));
        await stage.SendAsync(new PauseClocks(incident.Id, "Waiting for the customer's logs"));
        await stage.PassAsync(TimeSpan.FromMinutes(20));
        Assert.Empty(stage.Owed.Breached);
        Assert.True((await stage.SendAsync(new ResumeClocks(incident.Id))).Succeeded);

        await stage.PassAsync(TimeSpan.FromMinutes(16));

        var miss = Assert.Single(stage.Owed.Breached);
        Assert.Equal((ClockKind.Triage, "15 minutes", 1), (miss.Clock, miss.Limit, miss.Times));
        var page = Assert.Single(stage.Owed.All, page => page.Level >= PageOwed.ClockLevel);
        Assert.Equal(["olga"], page.People.Select(person => person.Id));
        Assert.StartsWith("Triage time missed (15 minutes)", page.Title, StringComparison.Ordinal);
        var clocks = (await stage.SendAsync(new GetIncident(incident.Id))).Value.Incident.Clocks;
        Assert.Equal([ClockState.Met, ClockState.Overdue, ClockState.Running, ClockState.Running], clocks.Select(clock => clock.State));
        Assert.Equal([("Triage time missed (15 minutes): API down", true)], await ClockAlertsAsync(stage));
        await stage.SendAsync(new MoveIncident(incident.Id, IncidentPhase.Investigation));
        Assert.Equal([("Triage time missed (15 minutes): API down", false)], await ClockAlertsAsync(stage));
    }

    [Fact]
    public async Task Update_ToThePublic_StartsTheNextInterval_AndAMissedOneIsTold()
    {
        await using var stage = await IncidentStage.SetAsync();
        var incident = await stage.OpenAsync("Sev 2", "agent-mesh");
        await stage.SendAsync(new AcknowledgeIncident(incident.Id, "anna"));
        await stage.SendAsync(new MoveIncident(incident.Id, IncidentPhase.Mitigation));
        await stage.PassAsync(TimeSpan.FromMinutes(100));

        var draft = (await stage.SendAsync(new DraftUpdate(incident.Id))).Value;
        var posted = await stage.SendAsync(new PostIncidentUpdate { IncidentId = incident.Id, Text = draft.Text, Status = draft.Status, ToStatusPage = true });
        await stage.PassAsync(TimeSpan.FromMinutes(119));
        Assert.Empty(stage.Owed.Breached);
        Assert.Contains(await stage.TimelineAsync(incident.Id), text => text == "The next update is due at 13:40 UTC");
        await stage.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(PublicStatus.Monitoring, draft.Status);
        Assert.True(posted.Succeeded, posted.Failure?.Message);
        Assert.Equal(ClockKind.Communicate, Assert.Single(stage.Owed.Breached).Clock);
        var seen = Assert.Single(await stage.WithinAsync(services => services.GetRequiredService<PublicIncidents>().ListOpenAsync("agent-mesh", Token)));
        Assert.Equal((PublicStatus.Monitoring, "agent-mesh"), (seen.Status, seen.Services.Single().Path));
    }

    [Fact]
    public async Task Milestones_OutOfOrder_AreRefusedWithAllFaults_AndRightOnesGiveTheMeanTimes()
    {
        await using var stage = await IncidentStage.SetAsync();
        var incident = await stage.OpenAsync();
        await stage.SendAsync(new ResolveIncident(incident.Id));
        var now = IncidentStage.Now;

        var wrong = await stage.SendAsync(new SetMilestones { IncidentId = incident.Id, Started = now, Detected = now.AddMinutes(-1), Acknowledged = now.AddHours(1), Mitigated = now, Resolved = null });
        var right = await stage.SendAsync(new SetMilestones { IncidentId = incident.Id, Started = now.AddMinutes(-40), Detected = now.AddMinutes(-38), Acknowledged = now.AddMinutes(-36), Mitigated = now.AddMinutes(-20), Resolved = now.AddMinutes(-10) });

        Assert.Equal(["/acknowledged", "/detected", "/mitigated", "/resolved"], wrong.Failure!.Faults.Select(fault => fault.Pointer).Distinct().Order());
        Assert.True(right.Succeeded, right.Failure?.Message);
        var figures = (await stage.SendAsync(new GetMeanTimes())).Value;
        Assert.Equal(new MeanTimesLine("mlops", "P0", 1, 120, 120, 1_200, 1_800), Assert.Single(figures.BySeverity));
        var targets = figures.Targets.Where(target => target.Platform == "mlops").ToDictionary(target => target.Id, target => target.Met);
        // Below 30 minutes is promised, and it took exactly 30.
        Assert.Equal((true, false, true, true, true), (targets["mttd"], targets["mttr"], targets["acknowledged"], targets["in-time"], targets["critical"]));
    }

    [Fact]
    public async Task Alerts_OfOneGroup_JoinOneIncident_AndAWorseOneMakesItWorse()
    {
        await using var stage = await IncidentStage.SetAsync();
        var now = IncidentStage.Now.ToUnixTimeMilliseconds();
        AlertToAttach Alert(long id, string severity) => new(id, $"Alert {id}", null, "mlops", "feature-store", null, severity, "slo:x", null, now);
        Task<int> JoinAsync(long incident, AlertToAttach alert) => stage.WithinAsync(async services =>
        {
            await services.GetRequiredService<IncidentDesk>().AttachToAsync(incident, [alert], now, Token);
            return 0;
        });

        var first = Assert.Single(await stage.WithinAsync(services => services.GetRequiredService<IncidentDesk>().OpenForAsync([Alert(1, "P2")], now, Token)));
        await JoinAsync(first, Alert(2, "P2"));
        Assert.Equal(["0/0 anna"], stage.Owed.Calls);
        await JoinAsync(first, Alert(3, "P0"));
        Assert.Equal(["0/0 anna", "0/1 anna"], stage.Owed.Calls);

        foreach (var alert in new long[] { 1, 2, 3 })
        {
            Assert.True((await stage.SendAsync(new GetIncident(first))).Value.Incident.IsOpen);
            await stage.WithinAsync(async services =>
            {
                await services.GetRequiredService<IncidentDesk>().AlertsClearedAsync([alert], now + 1, Token);
                return true;
            });
        }

        // Nobody had it: it ended with its last alert.
        Assert.False((await stage.SendAsync(new GetIncident(first))).Value.Incident.IsOpen);
    }

    [Fact]
    public async Task Merge_GoesOnWithTheOther_AndReopenCallsAgain()
    {
        await using var stage = await IncidentStage.SetAsync();
        var one = await stage.OpenAsync("P1", title: "One");
        var other = await stage.OpenAsync("P1", title: "Other");

        Assert.Equal(FailureKind.Invalid, (await stage.SendAsync(new MergeIncident(one.Id, one.Id))).Failure!.Kind);
        Assert.True((await stage.SendAsync(new MergeIncident(one.Id, other.Id))).Succeeded);
        Assert.Equal(FailureKind.Conflict, (await stage.SendAsync(new ReopenIncident(one.Id, "again"))).Failure!.Kind);
        Assert.Equal("Other", (await stage.SendAsync(new GetIncident(one.Id))).Value.MergedInto!.Title);

        await stage.SendAsync(new ResolveIncident(other.Id));
        var reopened = await stage.SendAsync(new ReopenIncident(other.Id, "Errors are back"));

        Assert.Equal((IncidentPhase.Investigation, 1), (reopened.Value.Phase, reopened.Value.Escalation.Cycle));
        Assert.Equal("0/1 anna", stage.Owed.Calls[^1]);
        Assert.Equal(FailureKind.Conflict, (await stage.SendAsync(new MoveIncident(other.Id, IncidentPhase.Triage))).Failure!.Kind);
    }

    [Fact]
    public void Clauses_OfScalesAndCredits_StandInTheContracts()
    {
        var texts = new[] { "mlops", "agent-mesh" }
            .ToDictionary(name => name, name => Bare(File.ReadAllText(Path.Combine(OpsDashboard.Testing.Repository.Root, "tests", "OpsDashboard.Application.Tests", "Incidents", "Contracts", $"{name}.txt"))));

        foreach (var scale in new[] { ShippedScales.Mlops, ShippedScales.AgentMesh })
        {
            Assert.All(scale.Levels.SelectMany(level => level.Clocks), term => Assert.Contains(Bare(term.Clause!.Quote), texts[scale.Platform], StringComparison.Ordinal));
            Assert.All(scale.Levels.SelectMany(level => level.Means), means => Assert.Contains(means, texts[scale.Platform], StringComparison.Ordinal));
        }

        Assert.Contains(Bare(ShippedCredits.For("agent-mesh", "Enterprise", isMonthly: true)!.Clause.Quote), texts["agent-mesh"], StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<(string Title, bool Open)>> ClockAlertsAsync(IncidentStage stage) =>
        (await stage.ReadAsync(db => db.Set<AlertRow>().Where(row => row.Source == AlertSource.Clock).ToListAsync(Token))).Select(row => (row.Title, row.IsOpen));

    private static string Bare(string text) => text.Replace("**", "", StringComparison.Ordinal);
}
