using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Demo;
using OpsDashboard.Application.Identity.Links;
using OpsDashboard.Application.Identity.Own;
using OpsDashboard.Application.Identity.SigningIn;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Identity;

public sealed class SigningInTests
{
    [Fact]
    public async Task SetUpLink_OfANewInstance_MakesOneAdministratorOnce()
    {
        await using var stage = await IdentityStage.SetAsync();

        Assert.True((await stage.WhoAsync(stage.Admin))!.Caller.May(Access.ManagePeople));
        var link = stage.App.Services.GetRequiredService<SetUpOffer>().Token!;
        var again = await stage.SendAsync(new SetUp(link, "Eve", "eve@example.test", IdentityStage.Password));
        Assert.Equal(FailureKind.NotFound, again.Failure?.Kind);
        Assert.Equal(FailureKind.NotFound, (await stage.SendAsync(new SignInAsDemo(Role.Administrator))).Failure?.Kind);
        Assert.Contains(("FirstAdministrator", "Done", "Ada"), await stage.TrailAsync());
    }

    [Fact]
    public async Task SetUpLink_WithAPoorPasswordOrTooLate_MakesNobody()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
        await using var app = await InProcessApp.StartAsync(TestContext.Current.CancellationToken, clock);
        var link = app.Services.GetRequiredService<SetUpOffer>().Token!;

        var poor = await SendAsync(app, new SetUp(link, "", "no address", "passwordpassword"));
        Assert.Equal(["/name", "/email", "/password"], poor.Failure!.Faults.Select(fault => fault.Pointer));
        clock.StepTo(clock.GetUtcNow().AddHours(73));
        Assert.Equal(FailureKind.NotFound, (await SendAsync(app, new SetUp(link, "Ada", "ada@example.test", IdentityStage.Password))).Failure?.Kind);
    }

    [Fact]
    public async Task WrongPassword_TooOften_RefusesTheRightOneForAWhileAndLeavesSessionsAlone()
    {
        await using var stage = await IdentityStage.SetAsync();
        for (var tries = 0; tries < 10; tries++)
        {
            Assert.Equal(SignInResult.Wrong, (await stage.SignInAsync(password: "another green kettle")).Result);
        }

        Assert.Equal(SignInResult.Wrong, (await stage.SignInAsync()).Result);
        Assert.NotNull(await stage.WhoAsync(stage.Admin));
        Assert.Equal(SignInResult.Wrong, (await stage.SignInAsync("nobody@example.test")).Result);

        stage.Clock.StepTo(stage.Clock.GetUtcNow().AddMinutes(16));
        var step = await stage.SignInAsync(" ADA@example.test ");
        Assert.Equal(SignInResult.SignedIn, step.Result);
        Assert.NotEqual(stage.Admin, step.Token);
        var trail = await stage.TrailAsync();
        Assert.Equal(12, trail.Count(entry => entry.Action == "SignInFailed"));
        Assert.Contains(("AccountRefused", "Denied", "Ada"), trail);
        Assert.Contains(("SignInFailed", "Denied", "anonymous"), trail);
    }

    [Fact]
    public async Task SecondFactor_ThatARoleAsksFor_ComesBeforeEverythingElse()
    {
        await using var stage = await IdentityStage.SetAsync(secondFactor: "");
        var before = (await stage.WhoAsync(stage.Admin))!;
        Assert.True(before.MustEnrol);
        Assert.Equal([Access.Public, Access.Self], before.Caller.Allowed.Order());

        var (secret, codes) = await stage.EnrolAsync(stage.Admin);
        await stage.UntilAsync(stage.Admin, who => who is { MustEnrol: false } && who.Caller.May(Access.Administer));
        Assert.Equal(FailureKind.Conflict, (await stage.SendAsync(stage.Admin, new RemoveTotp())).Failure?.Kind);

        var first = await stage.SignInAsync();
        Assert.Equal(SignInResult.SecondFactor, first.Result);
        Assert.Null(await stage.WhoAsync(first.Token!));
        // The code that proved the app is used up, and so is each recovery code after one use.
        Assert.Equal(SignInResult.Wrong, (await stage.SendAsync(new FinishSignIn(first.Token!, stage.CodeNow(secret)))).Value.Result);
        stage.Clock.StepTo(stage.Clock.GetUtcNow().AddSeconds(60));
        Assert.Equal(SignInResult.SignedIn, (await stage.SendAsync(new FinishSignIn(first.Token!, stage.CodeNow(secret)))).Value.Result);
        Assert.Equal(FailureKind.NotFound, (await stage.SendAsync(new FinishSignIn(first.Token!, codes[0]))).Failure?.Kind);

        var second = await stage.SignInAsync();
        var done = (await stage.SendAsync(new FinishSignIn(second.Token!, codes[0].ToUpperInvariant()))).Value;
        Assert.False((await stage.WhoAsync(done.Token!))!.MustEnrol);
        var third = await stage.SignInAsync();
        Assert.Equal(SignInResult.Wrong, (await stage.SendAsync(new FinishSignIn(third.Token!, codes[0]))).Value.Result);
        Assert.Equal(9, (await stage.SendAsync(done.Token!, new GetOwnAccount())).Value.RecoveryCodes);
    }

    [Fact]
    public async Task Session_AfterItsTimeOrSignedOutEverywhere_IsOver()
    {
        await using var stage = await IdentityStage.SetAsync();
        var other = (await stage.SignInAsync()).Token!;
        Assert.Equal(2, (await stage.SendAsync(other, new GetOwnAccount())).Value.Sessions.Count);

        Assert.Equal(1, (await stage.SendAsync(other, new SignOut(SignOutReach.Others))).Value);
        await stage.UntilAsync(stage.Admin, who => who is null);
        Assert.NotNull(await stage.WhoAsync(other));

        stage.Clock.StepTo(stage.Clock.GetUtcNow().AddHours(169));
        Assert.Null(await stage.WhoAsync(other));
    }

    [Fact]
    public async Task Vouching_ByAnybodyButTheProduct_IsForbidden()
    {
        await using var stage = await IdentityStage.SetAsync();
        var id = (await stage.WhoAsync(stage.Admin))!.AccountId;

        Assert.Equal(FailureKind.Forbidden, (await stage.SendAsync(stage.Admin, new OpenSession(id, "passkey", true))).Failure?.Kind);
        Assert.Equal(FailureKind.Forbidden, (await stage.SendAsync(new OpenSession(id, "passkey", true), Caller.WithKey("program"))).Failure?.Kind);
        Assert.Equal(SignInResult.SignedIn, (await stage.SendAsync(new OpenSession(id, "passkey", true), Caller.System)).Value.Result);
    }

    [Fact]
    public async Task Password_Changed_EndsTheOtherSessions()
    {
        await using var stage = await IdentityStage.SetAsync();
        var other = (await stage.SignInAsync()).Token!;

        Assert.Equal("/currentPassword", (await stage.SendAsync(stage.Admin, new ChangeOwnPassword("wrong", "nine blue kettles on a hill"))).Failure?.Faults[0].Pointer);
        Assert.Null((await stage.SendAsync(stage.Admin, new ChangeOwnPassword(IdentityStage.Password, "nine blue kettles on a hill"))).Failure);
        await stage.UntilAsync(other, who => who is null);
        Assert.NotNull(await stage.WhoAsync(stage.Admin));
        Assert.Equal(SignInResult.Wrong, (await stage.SignInAsync()).Result);
        Assert.Equal(SignInResult.SignedIn, (await stage.SignInAsync(password: "nine blue kettles on a hill")).Result);
    }

    private static async Task<Outcome<T>> SendAsync<T>(InProcessApp app, MediatR.IRequest<Outcome<T>> request)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, TestContext.Current.CancellationToken);
    }
}
