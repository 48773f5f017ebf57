using Microsoft.Extensions.Options;
using OpsDashboard.Application.Demo;
using OpsDashboard.Application.Identity.Links;
using OpsDashboard.Application.Identity.Own;
using OpsDashboard.Application.Identity.SigningIn;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Hosting;

namespace OpsDashboard.Web.Accounts;

/// <summary>
/// Signing in and out. Plain documents and form posts without circuit or script. Every session has a new secret, so none that was
/// planted in a browser before is ever signed in.
/// </summary>
internal static class SignInPages
{
    private static readonly Failure Wrong = Failure.Conflict("That did not work. Check both; after too many wrong tries an account is refused for a quarter of an hour.");
    private static readonly Failure WrongCode = Failure.Conflict("This code does not count. Each works once; after too many wrong tries the account is refused for a quarter of an hour.");

    public static void MapSignIn(this WebApplication app)
    {
        var pages = app.MapGroup("/sign-in").ExcludeFromDescription().DisableAntiforgery().AllowAnonymous();
        pages.MapGet("", ShowAsync);
        pages.MapPost("", SignInAsync);
        pages.MapPost("demo", EnterDemoAsync);
        pages.MapGet("code", (HttpContext context, string? back) => context.Page<SecondStepPage>(new { Back = LocalPath.Of(back) }));
        pages.MapPost("code", FinishAsync);
        app.MapPost("/sign-out", SignOutAsync).ExcludeFromDescription().DisableAntiforgery().WithMetadata(new OwnAccountEndpoint());
        var confirm = app.MapGroup("/account/confirm").ExcludeFromDescription().DisableAntiforgery().WithMetadata(new OwnAccountEndpoint());
        confirm.MapGet("", (HttpContext context, IDispatcher dispatcher, string? back) => ShowConfirmAsync(context, dispatcher, LocalPath.Of(back, "/account"), null));
        confirm.MapPost("", ConfirmAsync);
    }

    /// <summary>Keeps the session and goes where the person wanted to go.</summary>
    public static IResult Enter(HttpContext context, SignInStep step, string back)
    {
        SessionCookie.Keep(context, step);
        return TypedResults.LocalRedirect(step.Result == SignInResult.SignedIn ? back : $"/sign-in/code?back={Uri.EscapeDataString(back)}");
    }

    private static IResult ShowAsync(HttpContext context, IOptions<DemoOptions> demo, string? back) => SignInGate.SignedInOf(context) is not null
        ? TypedResults.LocalRedirect(LocalPath.Of(back))
        : Form(context, demo, LocalPath.Of(back), null, null);

    private static IResult Form(HttpContext context, IOptions<DemoOptions> demo, string back, string? email, Failure? failure) =>
        context.Page<SignInPage>(new { Back = back, Email = email, Demo = demo.Value.Enabled, Failure = failure }, failure is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> SignInAsync(HttpContext context, IDispatcher dispatcher, IOptions<DemoOptions> demo)
    {
        if (await context.ReadFormAsync() is not { } form)
        {
            return TypedResults.BadRequest();
        }

        var back = LocalPath.Of(form.Field("back"));
        var outcome = await dispatcher.Send(new SignIn(form.Field("email"), form.Field("password"), context.DeviceOf()), context.RequestAborted);
        return outcome.Failure is null && outcome.Value.Result != SignInResult.Wrong
            ? Enter(context, outcome.Value, back)
            : Form(context, demo, back, form.Field("email"), outcome.Failure ?? Wrong);
    }

    private static async Task<IResult> EnterDemoAsync(HttpContext context, IDispatcher dispatcher, IOptions<DemoOptions> demo)
    {
        if (!demo.Value.Enabled)
        {
            return TypedResults.NotFound();
        }

        if (await context.ReadFormAsync() is not { } form || !Enum.TryParse<Role>(form.Field("role"), out var role))
        {
            return TypedResults.BadRequest();
        }

        var outcome = await dispatcher.Send(new SignInAsDemo(role, context.DeviceOf()), context.RequestAborted);
        return outcome.Failure is null && outcome.Value.Result == SignInResult.SignedIn
            ? Enter(context, outcome.Value, LocalPath.Of(form.Field("back")))
            : Form(context, demo, LocalPath.Of(form.Field("back")), null, outcome.Failure ?? Wrong);
    }

    private static async Task<IResult> FinishAsync(HttpContext context, IDispatcher dispatcher)
    {
        if (await context.ReadFormAsync() is not { } form)
        {
            return TypedResults.BadRequest();
        }

        var back = LocalPath.Of(form.Field("back"));
        if (context.Request.Cookies[SessionCookie.Pending] is not { } token)
        {
            return TypedResults.LocalRedirect("/sign-in");
        }

        var outcome = await dispatcher.Send(new FinishSignIn(token, form.Field("code"), context.DeviceOf()), context.RequestAborted);
        if (outcome.Failure is { Kind: FailureKind.NotFound })
        {
            return TypedResults.LocalRedirect("/sign-in");
        }

        return outcome.Failure is null && outcome.Value.Result == SignInResult.SignedIn
            ? Enter(context, outcome.Value, back)
            : context.Page<SecondStepPage>(new { Back = back, Failure = outcome.Failure ?? WrongCode }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IDispatcher dispatcher)
    {
        if (await context.ReadFormAsync() is not { } form)
        {
            return TypedResults.BadRequest();
        }

        var reach = Enum.TryParse<SignOutReach>(form.Field("reach"), out var wanted) ? wanted : SignOutReach.One;
        var session = form.Field("session") is { Length: > 0 } named ? named : null;
        await dispatcher.Send(new SignOut(reach, session), context.RequestAborted);
        if (reach == SignOutReach.Others || (session is not null && session != SignInGate.SignedInOf(context)?.SessionId))
        {
            return TypedResults.LocalRedirect("/account");
        }

        SessionCookie.Forget(context);
        return TypedResults.LocalRedirect("/sign-in");
    }

    private static async Task<IResult> ShowConfirmAsync(HttpContext context, IDispatcher dispatcher, string back, Failure? failure)
    {
        var own = await dispatcher.Send(new GetOwnAccount(), context.RequestAborted);
        return own.Failure is not null
            ? TypedResults.LocalRedirect("/sign-in")
            : context.Page<ConfirmPage>(new { Back = back, own.Value.IsDemo, own.Value.HasPassword, Failure = failure }, failure is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ConfirmAsync(HttpContext context, IDispatcher dispatcher)
    {
        if (await context.ReadFormAsync() is not { } form)
        {
            return TypedResults.BadRequest();
        }

        var back = LocalPath.Of(form.Field("back"), "/account");
        var outcome = await dispatcher.Send(new ConfirmSelf(form.Field("password")), context.RequestAborted);
        return outcome.Failure is null && outcome.Value == SignInResult.SignedIn
            ? TypedResults.LocalRedirect(back)
            : await ShowConfirmAsync(context, dispatcher, back, outcome.Failure ?? Failure.Conflict("This is not it."));
    }
}

/// <summary>Links that work once: the set-up of a new instance, an invitation, a new password.</summary>
internal static class LinkPages
{
    public static void MapLinks(this WebApplication app)
    {
        foreach (var place in (string[])["/set-up/{token}", "/invitation/{token}"])
        {
            app.MapGet(place, ShowAsync).ExcludeFromDescription().AllowAnonymous();
            app.MapPost(place, UseAsync).ExcludeFromDescription().AllowAnonymous().DisableAntiforgery();
        }
    }

    private static async Task<IResult> ShowAsync(HttpContext context, IDispatcher dispatcher, string token)
    {
        var link = await dispatcher.Send(new OpenLink(token), context.RequestAborted);
        return link.Failure is { } failure ? context.Page<LinkPage>(status: AccountForm.StatusOf(failure)) : context.Page<LinkPage>(new { Purpose = link.Value });
    }

    private static async Task<IResult> UseAsync(HttpContext context, IDispatcher dispatcher, string token)
    {
        if (await context.ReadFormAsync() is not { } form)
        {
            return TypedResults.BadRequest();
        }

        var link = await dispatcher.Send(new OpenLink(token), context.RequestAborted);
        if (link.Failure is not null)
        {
            return context.Page<LinkPage>(status: AccountForm.StatusOf(link.Failure));
        }

        var outcome = link.Value.Email is null
            ? await dispatcher.Send(new SetUp(token, form.Field("name"), form.Field("email"), form.Field("password"), context.DeviceOf()), context.RequestAborted)
            : await dispatcher.Send(new ChoosePassword(token, form.Field("password"), context.DeviceOf()), context.RequestAborted);
        return outcome.Failure is { } failure
            ? context.Page<LinkPage>(new { Purpose = link.Value, Name = form.Field("name"), Email = form.Field("email"), Failure = failure }, AccountForm.StatusOf(failure))
            : SignInPages.Enter(context, outcome.Value, "/");
    }
}
