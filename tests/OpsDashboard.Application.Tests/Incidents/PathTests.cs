using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Detail;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Incidents.Work;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Tests.Incidents;

/// <summary>The contract's business and compliance paths (Escalation Procedures, 2).</summary>
public sealed class PathTests
{
    private static readonly IReadOnlyDictionary<string, string> People = new Dictionary<string, string>
    {
        ["anna"] = "l1-support",
        ["fay"] = "finance",
        ["lea"] = "legal",
        ["cora"] = "compliance",
        ["sam"] = "customer-success",
        ["olga"] = "operations-manager",
    };

    [Fact]
    public async Task Path_CalledByHand_PagesItsRolesBesideTheEscalationAndOnce()
    {
        await using var stage = await IncidentStage.SetAsync(People);
        var incident = await stage.OpenAsync("P1");

        await DoneAsync(stage, new CallPath(incident.Id, "compliance-major", "Logs left the region"));

        var page = stage.Owed.All[^1];
        Assert.Equal(("Legal and executive team", PageOwed.PathLevel, "Major violation: Logs left the region: API down"), (page.LevelName, page.Level, page.Title));
        Assert.Equal(["lea"], page.People.Select(person => person.Id));
        var detail = await DoneAsync(stage, new GetIncident(incident.Id));
        var called = Assert.Single(detail.Paths);
        Assert.Equal(("compliance-major", "Major violation"), (called.PolicyId, called.Name));
        Assert.Equal(incident.Escalation.NextAt, detail.Incident.Escalation.NextAt);
        Assert.Equal(FailureKind.Conflict, (await stage.SendAsync(new CallPath(incident.Id, "compliance-major"))).Failure!.Kind);
        await DoneAsync(stage, new CallPath(incident.Id, "financial-impact"));
        Assert.Equal((PageOwed.PathLevel + 1, "fay"), (stage.Owed.All[^1].Level, stage.Owed.All[^1].People[0].Id));
        Assert.Equal("/policyId", Assert.Single((await stage.SendAsync(new CallPath(incident.Id, "nobody"))).Failure!.Faults).Pointer);
    }

    [Fact]
    public async Task Path_OfWhichNobodyIsThere_ReachesTheCatchAll()
    {
        await using var stage = await IncidentStage.SetAsync(new Dictionary<string, string> { ["anna"] = "l1-support" });
        var incident = await stage.OpenAsync("P1");

        await DoneAsync(stage, new CallPath(incident.Id, "compliance-regulatory"));

        Assert.True(stage.Owed.All[^1].CatchAll);
        Assert.Contains(await stage.TimelineAsync(incident.Id), text => text == "Regulatory inquiry; nobody named for it can be reached, paging the catch-all: anna");
    }

    [Fact]
    public async Task Incident_OpenedByAPath_KeepsItWhenItIsReopened()
    {
        await using var stage = await IncidentStage.SetAsync(People);

        var incident = await DoneAsync(stage, new OpenIncident { Title = "Audit found open ports", Platform = "mlops", Severity = "P1", PolicyId = "compliance-minor" });

        Assert.Equal("compliance-minor", incident.Escalation.Policy);
        Assert.Equal(["0/0 cora"], stage.Owed.Calls);
        await DoneAsync(stage, new ResolveIncident(incident.Id));
        await DoneAsync(stage, new ReopenIncident(incident.Id, "Again"));
        Assert.Equal("0/1 cora", stage.Owed.Calls[^1]);
        var unknown = await stage.SendAsync(new OpenIncident { Title = "A", Platform = "mlops", Severity = "P1", PolicyId = "nobody" });
        Assert.Equal(("/policyId", "policy.known"), (unknown.Failure!.Faults[0].Pointer, unknown.Failure.Faults[0].Rule));
    }

    [Fact]
    public async Task CustomerNamed_CallsCustomerImpactByRuleOnce()
    {
        await using var stage = await IncidentStage.SetAsync(People);
        var incident = await stage.OpenAsync("P1");
        var affected = new SetAffected { IncidentId = incident.Id, Services = [], Slos = [], Customers = [new AffectedCustomer("Contoso", "Enterprise")] };

        await DoneAsync(stage, affected);
        await DoneAsync(stage, affected with { Customers = [.. affected.Customers, new AffectedCustomer("Fabrikam", null)] });

        Assert.Equal("sam", Assert.Single(stage.Owed.All, page => page.Level >= PageOwed.PathLevel).People[0].Id);
        Assert.Contains("Customer impact: Contoso; paging sam", await stage.TimelineAsync(incident.Id));
        Assert.Null(Assert.Single((await DoneAsync(stage, new GetIncident(incident.Id))).Paths).By);
    }

    [Fact]
    public async Task Objective_ThatMayEarnACredit_IsWatchedAndCallsNobodyWhileItEarnsNone()
    {
        await using var stage = await IncidentStage.SetAsync(People);
        var incident = await stage.OpenAsync("Sev 1", "agent-mesh");
        await stage.WithinAsync(services =>
        {
            services.GetRequiredService<OpsDbContext>().Set<IncidentRow>().Include(row => row.Slos).Single().Slos.Add(new IncidentSloRow { Slo = "agent-mesh/platform/uptime-enterprise" });
            return Task.FromResult(true);
        });
        await stage.WithinAsync(async services =>
        {
            await services.GetRequiredService<IMediator>().Publish(new IncidentChanged(incident.Id, IncidentChangeKind.AffectedChanged, IncidentStage.Now.ToUnixTimeMilliseconds()), TestContext.Current.CancellationToken);
            return true;
        });

        await stage.PassAsync(TimeSpan.FromMinutes(12));

        Assert.DoesNotContain(stage.Owed.All, page => page.Level >= PageOwed.PathLevel);
        Assert.Equal(IncidentStage.Now.AddMinutes(16).ToUnixTimeMilliseconds(), await stage.ReadAsync(db => db.Set<IncidentTimerRow>().Where(timer => timer.Kind == IncidentTimer.Impact).Select(timer => timer.DueAtMs).SingleAsync(TestContext.Current.CancellationToken)));
    }

    private static async Task<T> DoneAsync<T>(IncidentStage stage, MediatR.IRequest<Outcome<T>> request)
    {
        var outcome = await stage.SendAsync(request);
        Assert.True(outcome.Succeeded, outcome.Failure?.Message);
        return outcome.Value;
    }
}
