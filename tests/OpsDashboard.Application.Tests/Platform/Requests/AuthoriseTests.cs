using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Application.Tests.Slos;

namespace OpsDashboard.Application.Tests.Platform.Requests;

/// <summary>The rule on the request, asked as callers with little reach.</summary>
public sealed class AuthoriseTests
{
    private static readonly string[] Shop = ["shop"];

    [Fact]
    public async Task Object_OutOfReach_LooksLikeOneThatIsNotThere()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);
        var elsewhere = Caller.InRoles("Auditor", [new RoleGrant(Role.Auditor, Scope.Of(["bank"]))], Scope.Nothing);

        var theirs = await stage.SendAsync(new GetSloStatus(SloStage.Availability.Id), elsewhere);
        var none = await stage.SendAsync(new GetSloStatus("bank/nothing/uptime"), elsewhere);

        Assert.Equal((FailureKind.NotFound, none.Failure!.Message), (theirs.Failure!.Kind, theirs.Failure.Message));
    }

    [Fact]
    public async Task Command_OutOfReach_IsRefusedAndWithinItIsDone()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);
        var neighbour = Caller.InRoles("Lead", [new RoleGrant(Role.TeamLead, Scope.Of(Shop))], Scope.Of(["shop/cart"]));
        var owner = Caller.InRoles("Lead", [new RoleGrant(Role.TeamLead, Scope.Of(Shop))], Scope.Of(["shop/checkout"]));

        Assert.Equal(FailureKind.NotFound, (await stage.SendAsync(Plan(), neighbour)).Failure?.Kind);
        Assert.Null((await stage.SendAsync(Plan(), owner)).Failure);
    }

    [Fact]
    public async Task Command_WithoutTheRight_IsForbidden()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);
        var auditor = Caller.InRoles("Auditor", [new RoleGrant(Role.Auditor, Scope.Everything)], Scope.Nothing);

        Assert.Equal(FailureKind.Forbidden, (await stage.SendAsync(Plan(), auditor)).Failure?.Kind);
    }

    private static PlanMaintenance Plan() => new()
    {
        Platform = "shop",
        Service = "checkout",
        Start = SloStage.Now.AddHours(1),
        End = SloStage.Now.AddHours(2),
        Reason = "A new disk.",
    };
}
