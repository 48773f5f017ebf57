using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Tests.Platform.Requests;

/// <summary>What a role may do, and how far that reaches.</summary>
public sealed class CallerTests
{
    private static readonly Scope Serving = Scope.Of(["mlops/model-serving-api"]);

    [Theory]
    [InlineData(Role.Executive, new[] { Access.ReadReports })]
    [InlineData(Role.Responder, new[] { Access.View, Access.Respond })]
    [InlineData(Role.TeamLead, new[] { Access.View, Access.ReadReports, Access.Respond, Access.EditObjectives, Access.EditKpis, Access.EditSchedules })]
    [InlineData(Role.Auditor, new[] { Access.View, Access.ReadReports, Access.ReadAudit })]
    public void Role_Asked_MayThisAndNothingElse(Role role, Access[] allowed)
    {
        var caller = InRole(role, Scope.Everything, Serving);

        Assert.Equal([.. allowed.Append(Access.Public).Append(Access.Self).Order()], caller.Allowed.Order());
    }

    [Fact]
    public void Administrator_Asked_MayAllButHandInSamples() =>
        Assert.Equal([Access.Ingest, Access.Vouch], Enum.GetValues<Access>().Except(InRole(Role.Administrator, Scope.Everything, Scope.Nothing).Allowed));

    [Fact]
    public void Anonymous_Asked_MayNotChangeAnything() => Assert.DoesNotContain(Access.Self, Caller.Anonymous.Allowed);

    [Theory]
    [InlineData(Role.Executive, false)]
    [InlineData(Role.Auditor, false)]
    [InlineData(Role.Responder, true)]
    [InlineData(Role.TeamLead, true)]
    [InlineData(Role.Administrator, true)]
    public void Role_Asked_CanChangeSomething(Role role, bool can) => Assert.Equal(can, Roles.CanChange(role));

    [Fact]
    public void TeamLead_OfATeam_EditsWhatItOwnsAndReadsEverything()
    {
        var lead = InRole(Role.TeamLead, Scope.Everything, Serving);

        Assert.True(lead.May(Access.EditObjectives, Touched.Of("mlops/model-serving-api/availability")));
        Assert.False(lead.May(Access.EditObjectives, Touched.Of("mlops/feature-store/availability")));
        Assert.False(lead.May(Access.EditObjectives, new Touched("mlops")));
        Assert.True(lead.May(Access.View, Touched.Of("agent-mesh/gateway/latency")));
    }

    [Fact]
    public void TeamLead_OfNoTeam_EditsNothing() =>
        Assert.False(InRole(Role.TeamLead, Scope.Everything, Scope.Nothing).May(Access.EditObjectives, new Touched("mlops")));

    [Fact]
    public void Grants_OfTwoRoles_AddUp()
    {
        var caller = Caller.InRoles("Both", [new RoleGrant(Role.Responder, Scope.Of(["mlops"])), new RoleGrant(Role.Auditor, Scope.Of(["agent-mesh"]))], Scope.Nothing);

        Assert.Equal(Scope.Of(["agent-mesh", "mlops"]), caller.ScopeOf(Access.View));
        Assert.Equal(Scope.Of(["mlops"]), caller.ScopeOf(Access.Respond));
        Assert.Equal(Scope.Nothing, caller.ScopeOf(Access.Administer));
    }

    [Theory]
    [InlineData("mlops", "mlops", true)]
    [InlineData("mlops", "mlops/serving", true)]
    [InlineData("mlops", "mlops-two", false)]
    [InlineData("mlops/serving", "mlops", false)]
    [InlineData("mlops/serving", "mlops/serving-two", false)]
    [InlineData("schedule:night", "schedule:night", true)]
    [InlineData("schedule:night", "schedule:day", false)]
    public void Scope_OfAPath_CoversIt(string path, string touched, bool covers) =>
        Assert.Equal(covers, Scope.Of([path]).Covers(new Touched(touched)));

    [Fact]
    public void Scopes_Crossed_KeepWhatBothReach()
    {
        var both = Scope.Of(["mlops", "agent-mesh/gateway"]).And(Scope.Of(["mlops/serving", "agent-mesh"]));

        Assert.Equal(Scope.Of(["agent-mesh/gateway", "mlops/serving"]), both);
        Assert.Equal(Serving, Scope.Everything.And(Serving));
        Assert.Equal(Scope.Nothing, Serving.And(Scope.Nothing));
    }

    [Fact]
    public void Touches_OfSeveral_NeedAllOrAny()
    {
        IReadOnlyList<Touched> two = [new Touched("mlops/model-serving-api"), new Touched("mlops/feature-store")];

        Assert.False(new Touches(two).AreWithin(Serving));
        Assert.True(new Touches(two, AnyIsEnough: true).AreWithin(Serving));
        Assert.False(new Touches([]).AreWithin(Serving));
    }

    private static Caller InRole(Role role, Scope scope, Scope owned) => Caller.InRoles("Somebody", [new RoleGrant(role, scope)], owned);
}
