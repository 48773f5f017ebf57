using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.OnCall.Policies;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.Tests.OnCall;

public sealed class RosterTests
{
    private static readonly DateTimeOffset Now = OnCallStage.Start;
    private static readonly long NowMs = Now.ToUnixTimeMilliseconds();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Targets_OfEveryKind_AreResolvedOnceEach()
    {
        await using var stage = await OnCallStage.SetAsync();
        Task<string> WhoAsync(params EscalationTarget[] targets) => stage.AskAsync(async roster => string.Join(' ', (await roster.WhoAsync(targets, NowMs, Token)).Select(person => person.Id)));

        Assert.Equal("ann", await WhoAsync(EscalationTarget.Rotation("on-call/primary")));
        Assert.Equal("ann ben", await WhoAsync(EscalationTarget.Rotation("on-call")));
        Assert.Equal("eve", await WhoAsync(EscalationTarget.Role("operations-manager")));
        Assert.Equal("eve ann ben", await WhoAsync(EscalationTarget.Person("eve"), EscalationTarget.Everyone));
        Assert.Equal("", await WhoAsync(EscalationTarget.Rotation("none/primary"), EscalationTarget.Role("board"), EscalationTarget.Person("nobody")));
        Assert.Equal(["Ann", "Ben", "Eve"], await stage.AskAsync(async roster => (await roster.PeopleAsync(Token)).Select(person => person.Name)));
    }

    [Fact]
    public async Task Person_LeavingMidShift_IsPagedNoMoreAndTheNextLevelIs()
    {
        await using var stage = await OnCallStage.SetAsync();
        var policy = await stage.AskAsync(roster => roster.PolicyForAsync("agent-mesh", "agent-mesh/platform", "Sev 1", Token));
        Assert.Equal("agent-mesh-sev-1", policy.Id);

        stage.Clock.StepTo(Now.AddHours(1));
        await stage.DoAsync(new SavePerson { Id = "ann", Name = "Ann", Roles = ["l2-engineering"], Zone = "UTC", ActiveTo = Now.AddHours(1) });
        var back = await stage.SendAsync(new SavePerson { Id = "ann", Name = "Ann", Roles = [], Zone = "UTC" });

        Assert.Equal("ann", (await stage.AskAsync(roster => roster.WhoAsync(policy.Levels[0].Targets, NowMs, Token))).Single().Id);
        Assert.Empty(await stage.AskAsync(roster => roster.WhoAsync(policy.Levels[0].Targets, NowMs + 3_600_000, Token)));
        Assert.Equal(["activeTo.past"], back.Failure!.Faults.Select(fault => fault.Rule));
        var pages = (await stage.DoAsync(new SimulatePolicy { Repeats = 0, Levels = policy.Levels })).Pages;
        // Nobody is primary: the secondary is paged at once, not after the primary's five minutes. In the end the catch-all is.
        Assert.Equal(
            [("", 0d), ("ben", 0d), ("", 300d), ("ben", 300d), ("ben eve", 600d)],
            pages.Select(page => (string.Join(' ', page.People.Select(person => person.Id)), (page.At - Now.AddHours(1)).TotalSeconds)));
    }

    [Fact]
    public async Task Policy_ForWhatHappened_IsTheOneThatSaysMost()
    {
        await using var stage = await OnCallStage.SetAsync();
        async Task AddAsync(string name, PolicyScope scope) =>
            await stage.DoAsync(new SavePolicy { Name = name, Repeats = 0, Levels = [new() { Name = "One", DelaySeconds = 0, Targets = [EscalationTarget.Everyone] }], Scopes = [scope] });
        await AddAsync("All of mlops", new() { Platform = "mlops" });
        await AddAsync("Feature store", new() { Platform = "mlops", Service = "feature-store" });

        Task<EscalationPolicy> ForAsync(string platform, string? service, string severity) => stage.AskAsync(roster => roster.PolicyForAsync(platform, service, severity, Token));
        Assert.Equal("mlops-p0", (await ForAsync("mlops", "model-serving-api", "P0")).Id);
        Assert.Equal("feature-store", (await ForAsync("mlops", "mlops/feature-store", "P0")).Id);
        Assert.Equal("all-of-mlops", (await ForAsync("mlops", null, "P9")).Id);
        Assert.Equal("catch-all", (await ForAsync("elsewhere", null, "high")).Id);
    }

    [Fact]
    public async Task CatchAll_WhereItsTargetsAreEmpty_IsEveryone()
    {
        await using var stage = await OnCallStage.SetAsync();
        var shipped = (await stage.DoAsync(new ListPolicies())).Single(policy => policy.Id == "catch-all");
        var edit = new SavePolicy
        {
            Id = "catch-all",
            ExpectedVersion = shipped.Version,
            Name = "Catch-all",
            Repeats = 0,
            Levels = [new() { Name = "Board", DelaySeconds = 0, Targets = [EscalationTarget.Role("board")] }],
        };

        await stage.DoAsync(edit);
        var stale = await stage.SendAsync(edit);

        Assert.Equal(3, (await stage.AskAsync(roster => roster.CatchAllAsync(NowMs, Token))).Count);
        Assert.Equal(FailureKind.Outdated, stale.Failure?.Kind);
        var simulation = await stage.DoAsync(new SimulatePolicy { Repeats = 0, Levels = edit.Levels });
        Assert.True(simulation.NobodyAnywhere);
        Assert.All(simulation.Pages.Where(page => page.CatchAll), page => Assert.Equal(3, page.People.Count));
    }

    [Fact]
    public async Task Policies_Shipped_KeepTheTimesOfTheirClauses()
    {
        await using var stage = await OnCallStage.SetAsync();

        var policies = await stage.DoAsync(new ListPolicies());

        Assert.Equal(17, policies.Count);
        Assert.DoesNotContain(policies, policy => policy.IsTooSlow);
        Assert.All(policies.Where(policy => policy.Path != EscalationPath.CatchAll), policy => Assert.NotNull(policy.Clause));
        Assert.Equal(
            [("mlops-p0", 900), ("mlops-p1", 3_600), ("mlops-p2", 14_400), ("mlops-p3", 86_400)],
            policies.Where(policy => policy.Path == EscalationPath.Technical && policy.Id.StartsWith("mlops-", StringComparison.Ordinal)).Select(policy => (policy.Id, policy.LastLevelSeconds)));
        Assert.Equal(
            ["L1 Support", "L2 Engineering", "L3 Architecture", "Management", "Executive"],
            policies.Single(policy => policy.Id == "mlops-p0").Levels.Select(level => level.Name));
        Assert.Equal(0, policies.Single(policy => policy.Id == "compliance-major").LastLevelSeconds);
    }

    [Fact]
    public async Task Policy_WithWrongFields_IsRefusedWithAllOfThem()
    {
        await using var stage = await OnCallStage.SetAsync();

        var refused = await stage.SendAsync(new SavePolicy
        {
            Name = " ",
            Repeats = 21,
            Levels =
            [
                new() { Name = "", DelaySeconds = -1, Targets = [] },
                new() { Name = "Two", DelaySeconds = 0, Targets = [new() { Kind = TargetKind.Person }] },
            ],
        });

        Assert.Equal(
            ["/name", "/repeats", "/levels/0/name", "/levels/0/delaySeconds", "/levels/0/targets", "/levels/1/targets"],
            refused.Failure!.Faults.Select(fault => fault.Pointer));
    }
}
