using OpsDashboard.Application.Identity.Own;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Hosting;
using QRCoder;

namespace OpsDashboard.Web.Accounts;

/// <summary><c>/account</c>: one's own password, second factors and sessions, as plain documents: a session can be ended where scripts fail.</summary>
internal static class OwnAccountPages
{
    private const string Home = "/account";

    public static void MapOwnAccount(this WebApplication app)
    {
        var own = app.MapGroup(Home).ExcludeFromDescription().DisableAntiforgery().WithMetadata(new OwnAccountEndpoint());
        own.MapGet("", (HttpContext context, IDispatcher dispatcher) => ShowAsync(context, dispatcher, null));
        own.MapPost("password", ChangePasswordAsync);
        own.MapGet("second-factor", (HttpContext context, IDispatcher dispatcher) => EnrolAsync(context, dispatcher, null));
        own.MapPost("second-factor", FinishTotpAsync);
        own.MapPost("second-factor/remove", (HttpContext context, IDispatcher dispatcher) => DoAsync(context, dispatcher, _ => new RemoveTotp()));
        own.MapPost("recovery-codes", RenewCodesAsync);
        own.MapPost("passkeys/remove", (HttpContext context, IDispatcher dispatcher) => DoAsync(context, dispatcher, form => new RemovePasskey(form.Field("id"))));
    }

    public static async Task<IResult> ShowAsync(HttpContext context, IDispatcher dispatcher, Failure? failure)
    {
        if (failure?.Kind == FailureKind.Unconfirmed)
        {
            return Confirm(Home);
        }

        var own = await dispatcher.Send(new GetOwnAccount(), context.RequestAborted);
        return own.Failure is { } none
            ? context.Page<ProgramPage>(status: AccountForm.StatusOf(none))
            : context.Page<OwnAccountPage>(
                new { Own = own.Value, MustEnrol = SignInGate.SignedInOf(context)?.MustEnrol == true, Failure = failure },
                failure is null ? StatusCodes.Status200OK : AccountForm.StatusOf(failure));
    }

    private static IResult Confirm(string back) => TypedResults.LocalRedirect($"/account/confirm?back={Uri.EscapeDataString(back)}");

    private static async Task<IResult> DoAsync(HttpContext context, IDispatcher dispatcher, Func<IReadOnlyDictionary<string, string>, MediatR.IRequest<Outcome<Done>>> step)
    {
        if (await context.ReadFormAsync() is not { } form)
        {
            return TypedResults.BadRequest();
        }

        var outcome = await dispatcher.Send(step(form), context.RequestAborted);
        return outcome.Failure is { } failure ? await ShowAsync(context, dispatcher, failure) : TypedResults.LocalRedirect(Home);
    }

    private static Task<IResult> ChangePasswordAsync(HttpContext context, IDispatcher dispatcher) =>
        DoAsync(context, dispatcher, form => new ChangeOwnPassword(form.Field("current"), form.Field("password")));

    private static async Task<IResult> EnrolAsync(HttpContext context, IDispatcher dispatcher, Failure? failure)
    {
        var offer = await dispatcher.Send(new StartTotp(), context.RequestAborted);
        if (offer.Failure is { } refused)
        {
            return refused.Kind == FailureKind.Unconfirmed ? Confirm("/account/second-factor") : await ShowAsync(context, dispatcher, refused);
        }

        return context.Page<EnrolPage>(
            new { Offer = offer.Value, Picture = Picture(offer.Value.Uri), MustEnrol = SignInGate.SignedInOf(context)?.MustEnrol == true, Failure = failure },
            failure is null ? StatusCodes.Status200OK : AccountForm.StatusOf(failure));
    }

    private static async Task<IResult> FinishTotpAsync(HttpContext context, IDispatcher dispatcher)
    {
        if (await context.ReadFormAsync() is not { } form)
        {
            return TypedResults.BadRequest();
        }

        return await ShowCodesAsync(context, await dispatcher.Send(new FinishTotp(form.Field("code")), context.RequestAborted), failure => EnrolAsync(context, dispatcher, failure));
    }

    private static async Task<IResult> RenewCodesAsync(HttpContext context, IDispatcher dispatcher)
    {
        if (await context.ReadFormAsync() is null)
        {
            return TypedResults.BadRequest();
        }

        return await ShowCodesAsync(context, await dispatcher.Send(new RenewRecoveryCodes(), context.RequestAborted), failure => ShowAsync(context, dispatcher, failure));
    }

    private static async Task<IResult> ShowCodesAsync(HttpContext context, Outcome<RecoveryCodes> outcome, Func<Failure, Task<IResult>> otherwise) => outcome.Failure switch
    {
        null => context.Page<CodesPage>(new { outcome.Value.Codes }),
        { Kind: FailureKind.Unconfirmed } => Confirm("/account/second-factor"),
        var failure => await otherwise(failure),
    };

    private static string Picture(string uri)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return $"data:image/png;base64,{Convert.ToBase64String(code.GetGraphic(6))}";
    }
}
