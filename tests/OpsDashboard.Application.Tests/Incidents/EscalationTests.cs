using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Incidents;

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

        await stage.PassAsync(TimeSpan.FromMinutes(5), () => stage.Owed.Calls.Count == 2);
        await stage.PassAsync(TimeSpan.FromMinutes(5), () => stage.Owed.Calls.Count == 3);

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
}
