using OpsDashboard.Testing;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.PostMortems;
using OpsDashboard.Application.Incidents.Work;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Tests.Incidents;

/// <summary>Putting an incident off, and taking a step back.</summary>
public sealed class SnoozeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Snooze_OfAnOpenIncident_PutsItsEscalationOffAndThenPagesAgain()
    {
        await using var stage = await IncidentStage.SetAsync();
        var incident = await stage.OpenAsync("P0");
        var until = IncidentStage.Now.AddHours(1);

        var snoozed = await DoneAsync(stage, new SnoozeIncident(incident.Id, until));

        Assert.Equal((EscalationState.Snoozed, (DateTimeOffset?)until, null), (snoozed.Escalation.State, snoozed.SnoozedUntil, snoozed.Escalation.NextAt));
        Assert.Equal("Snoozed until 2026-11-18 11:00:00 UTC", Assert.Single(stage.Owed.Withdrawn).Reason);
        await stage.PassAsync(TimeSpan.FromMinutes(59));
        Assert.Equal(["0/0 anna"], stage.Owed.Calls);
        // The contract's clocks are promises to others and run on.
        Assert.Contains(stage.Owed.Breached, miss => miss.Clock == ClockKind.Respond);

        await stage.PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(["0/0 anna", "0/1 anna"], stage.Owed.Calls);
        var awake = await DoneAsync(stage, new ListIncidents());
        Assert.Equal((EscalationState.Running, (DateTimeOffset?)null), (awake[0].Escalation.State, awake[0].SnoozedUntil));
        Assert.Contains(await stage.TimelineAsync(incident.Id), text => text.StartsWith("The snooze is over"));
    }

    [Fact]
    public async Task Snooze_OfAnAcknowledgedIncident_PutsItsExpiryOffAndEndsWithIt()
    {
        await using var stage = await IncidentStage.SetAsync();
        var incident = await stage.OpenAsync("P0");
        await DoneAsync(stage, new AcknowledgeIncident(incident.Id, "anna"));

        var snoozed = await DoneAsync(stage, new SnoozeIncident(incident.Id, IncidentStage.Now.AddHours(3)));
        Assert.Equal("anna", snoozed.AcknowledgedBy?.Name);
        await stage.PassAsync(TimeSpan.FromMinutes(170));
        Assert.Equal(["0/0 anna"], stage.Owed.Calls);
        await stage.PassAsync(TimeSpan.FromMinutes(11));

        Assert.Equal("0/1 anna", stage.Owed.Calls[^1]);
        Assert.Null((await DoneAsync(stage, new ListIncidents()))[0].AcknowledgedBy);
    }

    [Fact]
    public async Task Snooze_TakenEscalatedOrResolved_IsOver()
    {
        await using var stage = await IncidentStage.SetAsync();
        var until = IncidentStage.Now.AddHours(1);
        var taken = await stage.OpenAsync("P0");
        await DoneAsync(stage, new SnoozeIncident(taken.Id, until));
        Assert.Null((await DoneAsync(stage, new AcknowledgeIncident(taken.Id, "ben"))).SnoozedUntil);

        var called = await stage.OpenAsync("P0");
        await DoneAsync(stage, new SnoozeIncident(called.Id, until));
        Assert.Null((await DoneAsync(stage, new EscalateIncident(called.Id, 0, 0))).SnoozedUntil);
        Assert.Equal("1/0 ben", stage.Owed.Calls[^1]);

        var ended = await stage.OpenAsync("P0");
        await DoneAsync(stage, new SnoozeIncident(ended.Id, until));
        Assert.Null((await DoneAsync(stage, new ResolveIncident(ended.Id))).SnoozedUntil);
        Assert.Equal(FailureKind.Conflict, (await stage.SendAsync(new SnoozeIncident(ended.Id, until))).Failure!.Kind);
    }

    [Theory]
    [InlineData(0.5, "until.future")]
    [InlineData(24.5 * 60, "until.far")]
    public async Task Snooze_ForNoTimeOrMoreThanADay_IsRefused(double minutes, string rule)
    {
        await using var stage = await IncidentStage.SetAsync();
        var incident = await stage.OpenAsync();

        var outcome = await stage.SendAsync(new SnoozeIncident(incident.Id, IncidentStage.Now.AddMinutes(minutes)));

        var fault = Assert.Single(outcome.Failure!.Faults);
        Assert.Equal(("/until", rule), (fault.Pointer, fault.Rule));
    }

    [Fact]
    public async Task Acknowledgement_TakenBack_LeavesTheEscalationWhereItWas()
    {
        await using var stage = await IncidentStage.SetAsync();
        var incident = await stage.OpenAsync("P0");
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await DoneAsync(stage, new AcknowledgeIncident(incident.Id, "anna"));
        Assert.Equal([MessageState.Withdrawn], await MessagesAsync(stage));
        stage.Clock.Advance(TimeSpan.FromSeconds(8));

        var back = await DoneAsync(stage, new UndoIncidentStep(incident.Id));

        Assert.Equal((null, EscalationState.Running, incident.Escalation.NextAt), (back.AcknowledgedBy, back.Escalation.State, back.Escalation.NextAt));
        Assert.Equal((IncidentPhase.Detection, (DateTimeOffset?)null), (back.Phase, back.Milestones.Acknowledged));
        // The page that had not left goes out after all.
        Assert.Equal([MessageState.Queued], await MessagesAsync(stage));
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(["0/0 anna", "1/0 ben"], stage.Owed.Calls);
        var told = await stage.TimelineAsync(incident.Id);
        Assert.Contains("anna has it", told);
        Assert.Contains("Took the acknowledgement back", told);
        Assert.False((await stage.SendAsync(new UndoIncidentStep(incident.Id))).Succeeded);
    }

    [Fact]
    public async Task Resolution_TakenBack_IsOpenAgainWithoutItsPostMortem()
    {
        await using var stage = await IncidentStage.SetAsync();
        var incident = await stage.OpenAsync("P0");
        await DoneAsync(stage, new AcknowledgeIncident(incident.Id, "anna"));
        await DoneAsync(stage, new ResolveIncident(incident.Id));
        Assert.Single(await DoneAsync(stage, new ListPostMortems()));
        stage.Clock.Advance(TimeSpan.FromSeconds(5));

        var back = await DoneAsync(stage, new UndoIncidentStep(incident.Id));

        Assert.True(back.IsOpen);
        Assert.Equal(("anna", EscalationState.Acknowledged), (back.AcknowledgedBy?.Name, back.Escalation.State));
        Assert.Null(back.Milestones.Mitigated);
        Assert.Empty(await DoneAsync(stage, new ListPostMortems()));
        await DoneAsync(stage, new ResolveIncident(incident.Id));
        Assert.Single(await DoneAsync(stage, new ListPostMortems()));
    }

    [Fact]
    public async Task Snooze_TakenBack_GivesTheAcknowledgementBack()
    {
        await using var stage = await IncidentStage.SetAsync();
        var incident = await stage.OpenAsync("P0");
        await DoneAsync(stage, new AcknowledgeIncident(incident.Id, "anna"));
        await DoneAsync(stage, new SnoozeIncident(incident.Id, IncidentStage.Now.AddHours(1)));

        var back = await DoneAsync(stage, new UndoIncidentStep(incident.Id));

        Assert.Equal((EscalationState.Acknowledged, "anna", (DateTimeOffset?)null), (back.Escalation.State, back.AcknowledgedBy?.Name, back.SnoozedUntil));
        // Without a sign of work it counts no longer after half an hour.
        await stage.PassAsync(TimeSpan.FromMinutes(31));
        Assert.Equal("0/1 anna", stage.Owed.Calls[^1]);
    }

    [Fact]
    public async Task Step_OfAnotherOrTooLongAgoOrFollowedByOthers_StaysDone()
    {
        await using var stage = await IncidentStage.SetAsync();
        var incident = await stage.OpenAsync("P0");
        Assert.Equal(FailureKind.Conflict, (await stage.SendAsync(new UndoIncidentStep(incident.Id))).Failure!.Kind);
        await DoneAsync(stage, new AcknowledgeIncident(incident.Id, "anna"));

        Assert.False((await stage.SendAsync(new UndoIncidentStep(incident.Id), TestCallers.Viewer with { Name = "somebody else" })).Succeeded);
        await DoneAsync(stage, new EscalateIncident(incident.Id, 0, 0));
        Assert.Equal("It changed meanwhile; look again.", (await stage.SendAsync(new UndoIncidentStep(incident.Id))).Failure!.Message);
        await DoneAsync(stage, new AcknowledgeIncident(incident.Id, "anna"));
        stage.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.False((await stage.SendAsync(new UndoIncidentStep(incident.Id))).Succeeded);
    }

    private static Task<List<MessageState>> MessagesAsync(IncidentStage stage) =>
        stage.ReadAsync(db => db.Set<OutboxRow>().OrderBy(row => row.Id).Select(row => row.State).ToListAsync(Token));

    private static async Task<T> DoneAsync<T>(IncidentStage stage, MediatR.IRequest<Outcome<T>> request)
    {
        var outcome = await stage.SendAsync(request);
        Assert.True(outcome.Succeeded, outcome.Failure?.Message);
        return outcome.Value;
    }
}
