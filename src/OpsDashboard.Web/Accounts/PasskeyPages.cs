using System.Security.Cryptography;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using OpsDashboard.Application.Identity;
using OpsDashboard.Application.Identity.Own;
using OpsDashboard.Application.Identity.SigningIn;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Hosting;

namespace OpsDashboard.Web.Accounts;

/// <summary>Passkeys (WebAuthn). The challenge lies sealed in a cookie of this browser for five minutes.</summary>
internal static class PasskeyPages
{
    private static readonly Failure NotAccepted = Failure.Conflict("This passkey was not accepted.");

    public static void MapPasskeys(this WebApplication app)
    {
        app.MapPost("/sign-in/passkey/options", AskAsync).ExcludeFromDescription().DisableAntiforgery().AllowAnonymous();
        app.MapPost("/sign-in/passkey", SignInAsync).ExcludeFromDescription().DisableAntiforgery().AllowAnonymous();
        var own = app.MapGroup("/account").ExcludeFromDescription().DisableAntiforgery().WithMetadata(new OwnAccountEndpoint());
        own.MapPost("confirm/passkey", ConfirmAsync);
        own.MapPost("passkeys/options", OfferAsync);
        own.MapPost("passkeys", AddAsync);
    }

    private static async Task<IResult> AskAsync(HttpContext context, IAntiforgery antiforgery, IPasskeyHandler<Account> passkeys, PasskeyState state)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest();
        }

        // For whom is not asked: the passkey says who it belongs to.
        var options = await passkeys.MakeRequestOptionsAsync(null, context);
        state.Keep(context, options.AssertionState ?? "");
        return TypedResults.Content(options.RequestOptionsJson, "application/json");
    }

    private static async Task<IResult> SignInAsync(HttpContext context, Verifier verifier)
    {
        if (await context.ReadFormAsync() is not { } form)
        {
            return TypedResults.BadRequest();
        }

        var back = LocalPath.Of(form.Field("back"));
        if (await verifier.VerifyAsync(context, form.Field("credential")) is not { } account)
        {
            return context.Page<SignInPage>(new { Back = back, Failure = NotAccepted }, StatusCodes.Status422UnprocessableEntity);
        }

        var outcome = await verifier.VouchAsync(new OpenSession(account.Id, "passkey", SecondFactor: true, context.DeviceOf()), context.RequestAborted);
        return outcome.Failure is null && outcome.Value.Token is not null
            ? SignInPages.Enter(context, outcome.Value, back)
            : context.Page<SignInPage>(new { Back = back, Failure = outcome.Failure ?? NotAccepted }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ConfirmAsync(HttpContext context, Verifier verifier)
    {
        if (await context.ReadFormAsync() is not { } form || SignInGate.SignedInOf(context) is not { } me)
        {
            return TypedResults.BadRequest();
        }

        var account = await verifier.VerifyAsync(context, form.Field("credential"));
        var outcome = account?.Id == me.AccountId
            ? await verifier.VouchAsync(new ConfirmSession(me.SessionId, me.AccountId), context.RequestAborted)
            : NotAccepted;
        return outcome.Failure is null
            ? TypedResults.LocalRedirect(LocalPath.Of(form.Field("back"), "/account"))
            : context.Page<ConfirmPage>(new { Back = LocalPath.Of(form.Field("back"), "/account"), HasPassword = true, outcome.Failure }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> OfferAsync(HttpContext context, IAntiforgery antiforgery, IPasskeyHandler<Account> passkeys, PasskeyState state)
    {
        if (SignInGate.SignedInOf(context) is not { IsDemo: false } me || !await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest();
        }

        var options = await passkeys.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = me.AccountId, Name = me.Name, DisplayName = me.Name }, context);
        state.Keep(context, options.AttestationState ?? "");
        return TypedResults.Content(options.CreationOptionsJson, "application/json");
    }

    private static async Task<IResult> AddAsync(HttpContext context, IPasskeyHandler<Account> passkeys, PasskeyState state, IDispatcher dispatcher)
    {
        if (await context.ReadFormAsync() is not { } form)
        {
            return TypedResults.BadRequest();
        }

        if (state.Take(context) is not { } kept)
        {
            return await OwnAccountPages.ShowAsync(context, dispatcher, NotAccepted);
        }

        var attested = await passkeys.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = form.Field("credential"), AttestationState = kept });
        if (!attested.Succeeded)
        {
            return await OwnAccountPages.ShowAsync(context, dispatcher, NotAccepted);
        }

        var outcome = await dispatcher.Send(new AddPasskey(attested.Passkey, form.Field("name") is { Length: > 0 } name ? name : context.DeviceOf()), context.RequestAborted);
        return outcome.Failure is { } failure ? await OwnAccountPages.ShowAsync(context, dispatcher, failure) : TypedResults.LocalRedirect("/account");
    }
}

/// <summary>Verifies what a browser proved by a passkey, and vouches for it.</summary>
internal sealed class Verifier(IPasskeyHandler<Account> passkeys, UserManager<Account> accounts, PasskeyState state, IDispatcher dispatcher, CallerContext caller)
{
    public async Task<Account?> VerifyAsync(HttpContext context, string credential)
    {
        if (state.Take(context) is not { } kept)
        {
            return null;
        }

        var proof = await passkeys.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential, AssertionState = kept });
        if (!proof.Succeeded)
        {
            return null;
        }

        // The count of its uses, by which a copied passkey shows itself.
        await accounts.AddOrUpdatePasskeyAsync(proof.User, proof.Passkey);
        return proof.User;
    }

    /// <summary>Sends as the product itself, which has just verified what the request says.</summary>
    public async Task<Outcome<T>> VouchAsync<T>(MediatR.IRequest<Outcome<T>> request, CancellationToken cancellationToken)
    {
        var before = caller.Current;
        caller.Current = Caller.System;
        try
        {
            return await dispatcher.Send(request, cancellationToken);
        }
        finally
        {
            caller.Current = before;
        }
    }
}

/// <summary>The challenge of a passkey, between asking and answering.</summary>
internal sealed class PasskeyState(IDataProtectionProvider protection)
{
    private const string Cookie = "ops-passkey";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("OpsDashboard.Passkeys").ToTimeLimitedDataProtector();

    public void Keep(HttpContext context, string state)
    {
        var options = SessionCookie.Options(context, "/");
        options.SameSite = SameSiteMode.Strict;
        options.MaxAge = Lifetime;
        context.Response.Cookies.Append(Cookie, protector.Protect(state, Lifetime), options);
    }

    /// <returns>Null: none, too old, or not ours.</returns>
    public string? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { } kept)
        {
            return null;
        }

        context.Response.Cookies.Delete(Cookie, SessionCookie.Options(context, "/"));
        try
        {
            return protector.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
