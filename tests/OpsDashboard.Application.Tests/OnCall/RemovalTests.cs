using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.OnCall.Policies;
using OpsDashboard.Application.OnCall.Roster;
using OpsDashboard.Application.OnCall.Schedules;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Tests.Incidents;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.OnCall;

/// <summary>Schedules and policies that are not wanted any more.</summary>
public sealed class RemovalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Schedule_Removed_KeepsItsPastAndIsGoneFromNowOn()
    {
        await using var stage = await IncidentStage.SetAsync();
        await AddScheduleAsync(stage, "Night watch");
        await AddScheduleAsync(stage, "On-call");
        stage.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal("night-watch", (await DoneAsync(stage, new RemoveSchedule("night-watch"))));

        Assert.DoesNotContain(await DoneAsync(stage, new ListSchedules()), schedule => schedule.Id == "night-watch");
        Assert.DoesNotContain((await DoneAsync(stage, new GetOnCall())).Schedules, schedule => schedule.Id == "night-watch");
        var past = (await DoneAsync(stage, new GetOnCall { At = IncidentStage.Now.AddHours(1) })).Schedules.Single(schedule => schedule.Id == "night-watch");
        Assert.Equal("anna", past.Positions[0].Person?.Id);
        Assert.Equal(FailureKind.NotFound, (await stage.SendAsync(new RemoveSchedule("night-watch"))).Failure!.Kind);
        // The shipped policies page on-call/primary.
        Assert.Contains("It is paged by", (await stage.SendAsync(new RemoveSchedule("on-call"))).Failure!.Message);
    }

    [Fact]
    public async Task Policy_InUseOrAskedForByAContract_Stays()
    {
        await using var stage = await IncidentStage.SetAsync();
        var (status, body) = await stage.App.Http.CallAsync(HttpMethod.Post, "/api/v1/escalation-policies", new { name = "Night", repeats = 0, levels = new[] { new { name = "Anna", delaySeconds = 0, targets = new[] { new { kind = "person", id = "anna" } } } } }, Token);
        Assert.True(status == 201, body.ToString());
        var incident = await DoneAsync(stage, new OpenIncident { Title = "API down", Platform = "mlops", Severity = "P2", PolicyId = "night" });

        Assert.Contains($"the open incident {incident.Name}", (await stage.SendAsync(new RemovePolicy("night"))).Failure!.Message);
        Assert.Contains("A contract asks for it", (await stage.SendAsync(new RemovePolicy("mlops-p0"))).Failure!.Message);
        Assert.Equal(FailureKind.Conflict, (await stage.SendAsync(new RemovePolicy("catch-all"))).Failure!.Kind);
        await DoneAsync(stage, new ResolveIncident(incident.Id));
        await DoneAsync(stage, new RemovePolicy("night"));
        Assert.DoesNotContain(await DoneAsync(stage, new ListPolicies()), policy => policy.Id == "night");
    }

    private static async Task AddScheduleAsync(IncidentStage stage, string name)
    {
        var (status, body) = await stage.App.Http.CallAsync(
            HttpMethod.Post,
            "/api/v1/schedules",
            new { name, zone = "UTC", positions = new[] { new { id = "primary", name = "Primary", layers = new[] { new { name = "All", every = "week", at = "00:00", anchor = "2026-11-01", people = new[] { "anna" } } } } } },
            Token);
        Assert.True(status == 201, body.ToString());
    }

    private static async Task<T> DoneAsync<T>(IncidentStage stage, MediatR.IRequest<Outcome<T>> request)
    {
        var outcome = await stage.SendAsync(request);
        Assert.True(outcome.Succeeded, outcome.Failure?.Message);
        return outcome.Value;
    }
}
