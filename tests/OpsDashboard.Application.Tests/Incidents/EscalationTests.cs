using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Detail;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Incidents.Work;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Incidents;

/// <summary>Who is called, when, and what stops it: SLA clocks and timers run on a manual clock.</summary>
public sealed class EscalationTests
{
    [Fact]
    public async Task Opening_FirstLevelWithoutDelay_IsPagedInTheSameTransaction()
    {
        await using var stage = await IncidentStage.SetAsync();

        var incident = await stage.OpenAsync();

        Assert.Equal("#incident-2026-11-18-001", incident.Name);
        Assert.Equal(["0/0 anna"], stage.Owed.Calls);
        Assert.Equal(IncidentStage.Now.AddMinutes(5), incident.Escalation.NextAt);
        Assert.True(stage.Owed.All[0].Urgent);
    }

    [Fact]
    public async Task Timer_NobodyAcknowledges_CallsLevelAfterLevel()
    {
        await using var stage = await IncidentStage.SetAsync();
        await stage.OpenAsync();

        await stage.PassAsync(TimeSpan.FromMinutes(5));
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(["0/0 anna", "1/0 ben", "2/0 cleo"], stage.Owed.Calls);
    }

    [Fact]
    public async Task Acknowledgement_StopsTheClockAndWithdrawsPages_AndTheSecondLearnsWhoHasIt()
    {
        await using var stage = await IncidentStage.SetAsync();
        var incident = await stage.OpenAsync();

        var first = await stage.SendAsync(new AcknowledgeIncident(incident.Id, "anna"));
        var again = await stage.SendAsync(new AcknowledgeIncident(incident.Id, "anna"));
        var second = await stage.SendAsync(new AcknowledgeIncident(incident.Id, "ben"));

        Assert.Equal(EscalationState.Acknowledged, first.Value.Escalation.State);
        Assert.Equal(IncidentPhase.Triage, first.Value.Phase);
        Assert.True(again.Succeeded);
        Assert.Equal(FailureKind.Conflict, second.Failure!.Kind);
        Assert.Equal("anna has it since 10:00 UTC.", second.Failure.Message);
        Assert.Single(stage.Owed.Withdrawn);
    }

    [Fact]
    public async Task Acknowledgement_NothingFollows_ExpiresAndCallsTheFirstLevelAgain()
    {
        await using var stage = await IncidentStage.SetAsync();
        var incident = await stage.OpenAsync();
        await stage.SendAsync(new AcknowledgeIncident(incident.Id, "anna"));

        stage.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.True((await stage.SendAsync(new AddNote(incident.Id, "Looking at the load balancer."))).Succeeded);
        await stage.PassAsync(TimeSpan.FromMinutes(29));
        Assert.Equal(["0/0 anna"], stage.Owed.Calls);
        await stage.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["0/0 anna", "0/1 anna"], stage.Owed.Calls);
        var now = (await stage.SendAsync(new GetIncident(incident.Id))).Value.Incident;
        Assert.Null(now.AcknowledgedBy);
        Assert.Equal(EscalationState.Running, now.Escalation.State);
        Assert.True((await stage.SendAsync(new AcknowledgeIncident(incident.Id, "ben"))).Succeeded);
    }

    [Fact]
    public async Task Acknowledgement_OfALowerSeverity_DoesNotExpire()
    {
        await using var stage = await IncidentStage.SetAsync();
        var incident = await stage.OpenAsync("P2");
        await stage.SendAsync(new AcknowledgeIncident(incident.Id, "anna"));

        await stage.PassAsync(TimeSpan.FromHours(3));

        Assert.Equal(["0/0 anna"], stage.Owed.Calls);
        Assert.Equal("anna", (await stage.SendAsync(new GetIncident(incident.Id))).Value.Incident.AcknowledgedBy!.Name);
    }

    [Fact]
    public async Task EscalateNow_StaleClick_IsRefusedAndCallsNobody()
    {
        await using var stage = await IncidentStage.SetAsync();
        var incident = await stage.OpenAsync();

        var first = await stage.SendAsync(new EscalateIncident(incident.Id, 0, 0));
        var stale = await stage.SendAsync(new EscalateIncident(incident.Id, 0, 0));

        Assert.Equal(1, first.Value.Escalation.Level);
        Assert.Equal(FailureKind.Conflict, stale.Failure!.Kind);
        Assert.Equal(["0/0 anna", "1/0 ben"], stage.Owed.Calls);
    }

    [Fact]
    public async Task EmptyLevel_CallsTheNextAtOnce()
    {
        await using var stage = await IncidentStage.SetAsync(new Dictionary<string, string> { ["cleo"] = "l3-architecture" });

        var incident = await stage.OpenAsync();

        Assert.Equal(["2/0 cleo"], stage.Owed.Calls);
        Assert.Contains("L1 Support: nobody is on call; calling the next level", await stage.TimelineAsync(incident.Id));
    }

    [Fact]
    public async Task NobodyAnywhere_PagesTheCatchAllAndRaisesTheBanner()
    {
        await using var stage = await IncidentStage.SetAsync(new Dictionary<string, string> { ["olga"] = "operations-manager" });

        var incident = await stage.OpenAsync();

        Assert.Equal([$"{PageOwed.CatchAllLevel}/0 olga"], stage.Owed.Calls);
        Assert.True(stage.Owed.All[0].CatchAll);
        Assert.Equal([incident.Id], (await stage.SendAsync(new ListUnanswered())).Value.Select(row => row.Id));
        await stage.SendAsync(new AcknowledgeIncident(incident.Id, "olga"));
        Assert.Empty((await stage.SendAsync(new ListUnanswered())).Value);
    }

    [Fact]
    public async Task NobodyAtAll_SaysSoOnTheTimelineAndTheBanner()
    {
        await using var stage = await IncidentStage.SetAsync(new Dictionary<string, string>());

        var incident = await stage.OpenAsync();

        Assert.Empty(stage.Owed.Calls);
        Assert.Contains("Nobody is on call on any level, and there is nobody else to page", await stage.TimelineAsync(incident.Id));
        Assert.Single((await stage.SendAsync(new ListUnanswered())).Value);
    }

    [Fact]
    public async Task AllRoundsThrough_NobodyTookIt_PagesTheCatchAllOnce()
    {
        await using var stage = await IncidentStage.SetAsync(new Dictionary<string, string> { ["anna"] = "l1-support", ["olga"] = "operations-manager" });
        var incident = await stage.OpenAsync();

        await stage.PassAsync(TimeSpan.FromHours(2));

        Assert.Equal(["0/0 anna", "0/1 anna", "0/2 anna", $"{PageOwed.CatchAllLevel}/2 anna,olga"], stage.Owed.Calls);
        var now = (await stage.SendAsync(new GetIncident(incident.Id))).Value.Incident.Escalation;
        Assert.Equal(EscalationState.Exhausted, now.State);
        Assert.True(now.Unanswered);
    }

    [Fact]
    public async Task Resolution_BeforeTheTimer_CallsNobody()
    {
        await using var stage = await IncidentStage.SetAsync();
        var incident = await stage.OpenAsync();

        var resolved = await stage.SendAsync(new ResolveIncident(incident.Id, "Rolled back."));
        await stage.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(IncidentPhase.Resolution, resolved.Value.Phase);
        Assert.Equal(["0/0 anna"], stage.Owed.Calls);
        Assert.Single(stage.Owed.Withdrawn);
        Assert.Equal(FailureKind.Conflict, (await stage.SendAsync(new AcknowledgeIncident(incident.Id, "anna"))).Failure!.Kind);
    }

    [Fact]
    public async Task ClockSet_Forward_NobodyIsCalledEarly_AndBackward_NobodyLate()
    {
        await using var stage = await IncidentStage.SetAsync();
        await stage.OpenAsync();
        await stage.PassAsync(TimeSpan.FromSeconds(10));

        stage.Clock.StepTo(stage.Clock.GetUtcNow().AddHours(2));
        await stage.RoundAsync();
        await stage.PassAsync(TimeSpan.FromMinutes(4));
        Assert.Equal(["0/0 anna"], stage.Owed.Calls);

        stage.Clock.StepTo(stage.Clock.GetUtcNow().AddHours(-5));
        await stage.RoundAsync();
        await stage.PassAsync(TimeSpan.FromSeconds(50));

        Assert.Equal(["0/0 anna", "1/0 ben"], stage.Owed.Calls);
    }

    [Fact]
    public async Task Restart_WhileLevelsWereDue_GoesOnWhereItStood()
    {
        using var directory = new TempDirectory();
        await using (var before = await IncidentStage.SetAsync(dataDirectory: directory.FullPath))
        {
            await before.OpenAsync();
            Assert.Equal(["0/0 anna"], before.Owed.Calls);
        }

        // Away for two hours: all levels were due meanwhile, but only the next one is called, and then each in its turn.
        await using var after = await IncidentStage.SetAsync(dataDirectory: directory.FullPath, roster: false, now: IncidentStage.Now.AddHours(2));
        await after.PassAsync(TimeSpan.FromSeconds(1));
        await after.PassAsync(TimeSpan.FromMinutes(4));
        Assert.Equal(["1/0 ben"], after.Owed.Calls);
        await after.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["1/0 ben", "2/0 cleo"], after.Owed.Calls);
    }
}
