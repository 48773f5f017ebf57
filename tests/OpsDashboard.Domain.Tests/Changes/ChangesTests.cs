using OpsDashboard.Domain.Changes;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Tests.Changes;

public sealed class ChangesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 10, 10, 0, 0, TimeSpan.Zero);

    private static readonly Deployment Sound = new()
    {
        Id = "4711",
        Service = "shop/checkout",
        Version = "2.0.0",
        CommittedAt = Start.AddHours(-10),
        Author = "Ada",
        Approvals = ["Grace", "Edsger"],
        Stages = [Stage("ci", 0, 5), Stage("staging", 5, 5), Stage("smoke", 10, 2), Stage("production", 12, 3), Stage("soak", 15, 30)],
        StartedAt = Start,
        FinishedAt = Start.AddMinutes(15),
        Outcome = DeploymentOutcome.Succeeded,
    };

    [Fact]
    public void Process_Kept_IsNotComplainedAbout() => Assert.Empty(DeploymentPolicy.Check(Sound, []));

    [Fact]
    public void Process_BrokenEverywhere_IsToldRuleByRule()
    {
        var broken = Sound with { Approvals = ["Ada", "Grace"], Stages = [Stage("production", 0, 3), Stage("ci", 5, 5)], HasImpact = true };

        Assert.Equal(["approvals", "ci", "staging", "smoke", "soak", "window"], DeploymentPolicy.Check(broken, []).Select(violation => violation.Rule));
        Assert.Empty(DeploymentPolicy.Check(broken with { Environment = "staging" }, []));
    }

    [Fact]
    public void Hotfix_MaySkipStagingWithTheApprovalOfTheVp()
    {
        var hotfix = Sound with { IsHotfix = true, Stages = [Stage("ci", 0, 5), Stage("production", 5, 3), Stage("soak", 8, 30)] };

        Assert.Equal(["hotfixApproval"], DeploymentPolicy.Check(hotfix, []).Select(violation => violation.Rule));
        Assert.Empty(DeploymentPolicy.Check(hotfix with { HotfixApprovedBy = "VP Engineering" }, []));
    }

    [Theory]
    [InlineData(73, 0)]
    [InlineData(71, 1)]
    public void Impact_InsideAWindow_NeedsItsNotice(int hours, int violations)
    {
        var window = new PlannedMaintenance(Start.AddHours(-1).ToUnixTimeMilliseconds(), Start.AddHours(1).ToUnixTimeMilliseconds(), Start.AddHours(-1 - hours).ToUnixTimeMilliseconds());

        Assert.Equal(violations, DeploymentPolicy.Check(Sound with { HasImpact = true }, [window]).Count);
    }

    [Fact]
    public void Keys_OfAWeek_AreWhatItsDeploymentsSay()
    {
        var failed = Sound with { Outcome = DeploymentOutcome.RolledBack, RecoveredAt = Start.AddMinutes(35), Stages = [.. Sound.Stages, Stage("rollback", 31, 4)] };
        var keys = DoraKeys.Of([Sound, Sound with { CommittedAt = Start.AddHours(-30) }, failed, Sound with { IsHotfix = true }, Sound with { Environment = "staging" }, Sound with { FinishedAt = null, Outcome = DeploymentOutcome.InProgress }], Start.AddDays(-6), Start.AddDays(1));

        Assert.Equal([4m / 7, 36_900m, 0.25m, 1_200m, 0.25m], keys.Select(key => key.Value));
        Assert.Equal([DoraBand.High, DoraBand.Elite, DoraBand.Low, DoraBand.Elite, null], keys.Select(key => key.Band));
        Assert.Equal([false, true, true, false, false, true, true], keys.SelectMany(key => key.Targets).Select(target => target.Met));
    }

    [Fact]
    public void Keys_OfNothing_AreNotMeasured() => Assert.All(DoraKeys.Of([], Start, Start.AddDays(30)), key => Assert.Equal((null, null), (key.Value, key.Band)));

    [Fact]
    public void Rollback_AtALimit_IsNotDueAndBeyondItIs()
    {
        Assert.Null(RollbackRules.Judge(new SoakReading(0.10m, 1000, 3000m, 0.50m)));
        Assert.Null(RollbackRules.Judge(new SoakReading(1m, RollbackRules.FewestRequests - 1, null, null)));
        Assert.Equal("errorRate", RollbackRules.Judge(new SoakReading(0.1001m, 1000, 4000m, 1m))!.Rule);
        Assert.Equal("latencyP99", RollbackRules.Judge(new SoakReading(null, 0, 3001m, 1m))!.Rule);
        Assert.Equal("healthChecks", RollbackRules.Judge(new SoakReading(0m, 1000, 100m, 0.51m))!.Rule);
    }

    [Fact]
    public void Watch_OfADeployment_LastsThirtyMinutesFromWhenItWasLive()
    {
        var live = Sound.FinishedAt!.Value;
        Assert.Equal([false, true, true, false], new[] { -1, 0, 29, 30 }.Select(minutes => RollbackRules.IsWatched(Sound, live.AddMinutes(minutes))));
        Assert.False(RollbackRules.IsWatched(Sound with { Outcome = DeploymentOutcome.RolledBack }, live.AddMinutes(1)));
    }

    private static DeploymentStage Stage(string name, int after, int minutes) => new(name, StageOutcome.Passed, Start.AddMinutes(after), Start.AddMinutes(after + minutes));
}
