using OpsDashboard.Application.Identity.People;
using OpsDashboard.Application.Identity.SigningIn;
using OpsDashboard.Application.Identity.Teams;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Tests.Identity;

public sealed class PeopleTests
{
    [Fact]
    public async Task Invitation_Accepted_SignsInWithItsRolesOnce()
    {
        await using var stage = await IdentityStage.SetAsync();
        var link = (await stage.SendAsync(stage.Admin, new InviteAccount
        {
            Name = "Grace",
            Email = "grace@example.test",
            Roles = [new RoleTerms(Role.Responder, ["mlops"])],
            PersonId = "primary",
        })).Value;

        Assert.Equal("password.common", (await stage.SendAsync(new Application.Identity.Links.ChoosePassword(link.Token, "passwordpassword"))).Failure?.Faults[0].Rule);
        var step = (await stage.SendAsync(new Application.Identity.Links.ChoosePassword(link.Token, IdentityStage.Password))).Value;
        var who = (await stage.WhoAsync(step.Token!))!;
        Assert.Equal(("Grace", "primary"), (who.Caller.Name, who.Caller.PersonId));
        Assert.Equal(Scope.Of(["mlops"]), who.Caller.ScopeOf(Access.Respond));
        Assert.Equal(FailureKind.NotFound, (await stage.SendAsync(new Application.Identity.Links.ChoosePassword(link.Token, IdentityStage.Password))).Failure?.Kind);
    }

    [Fact]
    public async Task Invitation_WithFaults_NamesEachAtItsField()
    {
        await using var stage = await IdentityStage.SetAsync();

        var taken = await stage.SendAsync(stage.Admin, new InviteAccount { Name = "Ada", Email = "ADA@example.test", Roles = [new RoleTerms(Role.Auditor)] });
        var odd = await stage.SendAsync(stage.Admin, new InviteAccount { Name = "Eve", Email = "eve@example.test", Roles = [new RoleTerms(Role.Auditor, ["mlops/a/b", "<x>"])] });
        var none = await stage.SendAsync(stage.Admin, new InviteAccount { Name = "Eve", Email = "eve@example.test", Roles = [] });

        Assert.Equal("email.taken", taken.Failure?.Faults[0].Rule);
        Assert.Equal(["/reach", "/reach"], odd.Failure!.Faults.Select(fault => fault.Pointer));
        Assert.Equal("roles.required", none.Failure?.Faults[0].Rule);
    }

    [Fact]
    public async Task Role_TakenOrAccountLockedOrRemoved_IsLostByOpenSessions()
    {
        await using var stage = await IdentityStage.SetAsync();
        var (id, session) = await stage.JoinAsync("grace", Role.Administrator);
        Assert.True((await stage.WhoAsync(session))!.Caller.May(Access.Administer));

        Assert.Null((await stage.SendAsync(stage.Admin, new ChangeAccount { Id = id, Name = "Grace", Roles = [new RoleTerms(Role.Auditor)] })).Failure);
        await stage.UntilAsync(session, who => who is not null && !who.Caller.May(Access.Administer) && who.Caller.May(Access.ReadAudit));

        Assert.Null((await stage.SendAsync(stage.Admin, new LockAccount(id, true))).Failure);
        await stage.UntilAsync(session, who => who is null);
        Assert.Equal(SignInResult.Wrong, (await stage.SignInAsync("grace@example.test")).Result);

        Assert.Null((await stage.SendAsync(stage.Admin, new LockAccount(id, false))).Failure);
        var again = (await stage.SignInAsync("grace@example.test")).Token!;
        Assert.NotNull(await stage.WhoAsync(again));
        Assert.Null((await stage.SendAsync(stage.Admin, new RemoveAccount(id))).Failure);
        await stage.UntilAsync(again, who => who is null);
        var trail = await stage.TrailAsync();
        Assert.All(["InviteAccount", "ChangeAccount", "LockAccount", "RemoveAccount"], action => Assert.Contains((action, "Done", "Ada"), trail));
    }

    [Fact]
    public async Task LastAdministrator_IsNeitherLockedNorRemovedNorDemoted()
    {
        await using var stage = await IdentityStage.SetAsync();
        var id = (await stage.WhoAsync(stage.Admin))!.AccountId;

        Assert.Equal(FailureKind.Conflict, (await stage.SendAsync(stage.Admin, new LockAccount(id, true))).Failure?.Kind);
        Assert.Equal(FailureKind.Conflict, (await stage.SendAsync(stage.Admin, new RemoveAccount(id))).Failure?.Kind);
        Assert.Equal(FailureKind.Conflict, (await stage.SendAsync(stage.Admin, new ChangeAccount { Id = id, Name = "Ada", Roles = [new RoleTerms(Role.Administrator, ["mlops"])] })).Failure?.Kind);
    }

    [Fact]
    public async Task DangerousStep_LongAfterTheProof_WaitsForANewOne()
    {
        await using var stage = await IdentityStage.SetAsync();
        stage.Clock.StepTo(stage.Clock.GetUtcNow().AddMinutes(11));
        var invitation = new InviteAccount { Name = "Grace", Email = "grace@example.test", Roles = [new RoleTerms(Role.Auditor)] };

        Assert.Equal(FailureKind.Unconfirmed, (await stage.SendAsync(stage.Admin, invitation)).Failure?.Kind);
        Assert.Equal(SignInResult.Wrong, (await stage.SendAsync(stage.Admin, new ConfirmSelf("wrong"))).Value);
        Assert.Equal(FailureKind.Unconfirmed, (await stage.SendAsync(stage.Admin, invitation)).Failure?.Kind);
        Assert.Equal(SignInResult.SignedIn, (await stage.SendAsync(stage.Admin, new ConfirmSelf(IdentityStage.Password))).Value);
        var now = stage.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        await stage.UntilAsync(stage.Admin, who => who!.Caller.ConfirmedUntilMs > now);
        Assert.Null((await stage.SendAsync(stage.Admin, invitation)).Failure);
    }

    [Fact]
    public async Task Team_ThatOwnsAService_LetsItsLeadEditItAndNothingElse()
    {
        await using var stage = await IdentityStage.SetAsync();
        var (id, session) = await stage.JoinAsync("lead", Role.TeamLead);
        Assert.Equal(Scope.Nothing, (await stage.WhoAsync(session))!.Caller.ScopeOf(Access.EditObjectives));

        var team = (await stage.SendAsync(stage.Admin, new SaveTeam { Name = "Serving team", Owns = ["mlops/model-serving-api", "schedule:on-call"], Members = [id] })).Value;
        await stage.UntilAsync(session, who => who!.Caller.ScopeOf(Access.EditObjectives).Equals(Scope.Of(["mlops/model-serving-api", "schedule:on-call"])));
        Assert.True((await stage.WhoAsync(session))!.Caller.May(Access.EditSchedules, Touched.Schedule("on-call")));
        Assert.Equal("owns", (await stage.SendAsync(stage.Admin, new SaveTeam { Id = team, Name = "Serving team", Owns = ["schedule:"], Members = [id] })).Failure?.Faults[0].Pointer[1..]);
        Assert.Equal("members.known", (await stage.SendAsync(stage.Admin, new SaveTeam { Id = team, Name = "Serving team", Owns = [], Members = ["nobody"] })).Failure?.Faults[0].Rule);

        Assert.Null((await stage.SendAsync(stage.Admin, new RemoveTeam(team))).Failure);
        await stage.UntilAsync(session, who => who!.Caller.ScopeOf(Access.EditObjectives).Equals(Scope.Nothing));
    }

    [Fact]
    public async Task People_AskedByAnybodyButAdministrators_AreNotTold()
    {
        await using var stage = await IdentityStage.SetAsync();
        var (_, auditor) = await stage.JoinAsync("auditor", Role.Auditor);

        Assert.Equal(FailureKind.Forbidden, (await stage.SendAsync(auditor, new ListAccounts())).Failure?.Kind);
        Assert.Equal(FailureKind.Forbidden, (await stage.SendAsync(new ListAccounts(), Caller.WithKey("program"))).Failure?.Kind);
        var listed = (await stage.SendAsync(stage.Admin, new ListAccounts())).Value;
        Assert.Equal(["Ada", "auditor"], listed.Select(account => account.Name));
    }
}
