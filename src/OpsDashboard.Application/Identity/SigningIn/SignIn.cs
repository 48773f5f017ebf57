using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Audit;
using OpsDashboard.Application.Identity.Passwords;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Identity.SigningIn;

/// <summary>By e-mail address and password. A second factor that is set up is asked for next.</summary>
/// <param name="Device">What the browser calls itself, for the list of sessions.</param>
public sealed record SignIn(string Email, string Password, string? Device = null) : ICommand<SignInStep>, ITellsItself
{
    public static Access Access => Access.Public;
}

internal sealed class SignInHandler(UserManager<Account> accounts, SignInDesk desk, TimeProvider time) : IRequestHandler<SignIn, Outcome<SignInStep>>
{
    private static readonly Account Nobody = new() { Name = "", CreatedAtMs = 0 };

    public async Task<Outcome<SignInStep>> Handle(SignIn request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var account = request.Email.Length is 0 or > Account.MaxEmailLength ? null : await accounts.FindByEmailAsync(request.Email.Trim());
        if (request.Password.Length > PasswordRules.MaxLength || account?.PasswordHash is null)
        {
            // As long as a wrong password takes: whether an address is known is not to be measured.
            accounts.PasswordHasher.HashPassword(Nobody, request.Password.Length > PasswordRules.MaxLength ? "" : request.Password);
            return await desk.RefuseAsync(null, "no such account", now, cancellationToken);
        }

        var verdict = accounts.PasswordHasher.VerifyHashedPassword(account, account.PasswordHash, request.Password);
        if (verdict == PasswordVerificationResult.Failed)
        {
            return await desk.RefuseAsync(account, "wrong password", now, cancellationToken);
        }

        if (SignInDesk.IsRefused(account, now))
        {
            return await desk.RefuseAsync(account, "locked, or too many wrong tries", now, cancellationToken);
        }

        return await desk.HasSecondFactorAsync(account, cancellationToken)
            ? await desk.AskSecondAsync(account, request.Device, now, cancellationToken)
            : await desk.OpenAsync(account, "password", secondFactor: false, request.Device, now, cancellationToken);
    }
}

/// <summary>The second step: a code of the authenticator app, or a recovery code.</summary>
/// <param name="Token">Of the first step.</param>
public sealed record FinishSignIn(string Token, string Code, string? Device = null) : ICommand<SignInStep>, ITellsItself
{
    public static Access Access => Access.Public;
}

internal sealed class FinishSignInHandler(OpsDbContext db, SignInDesk desk, TimeProvider time) : IRequestHandler<FinishSignIn, Outcome<SignInStep>>
{
    public async Task<Outcome<SignInStep>> Handle(FinishSignIn request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var hash = Secrets.Hash(request.Token);
        var pending = await db.Set<SessionRow>().AsNoTracking().SingleOrDefaultAsync(row => row.TokenHash == hash && row.IsPending && row.ExpiresAtMs > now, cancellationToken);
        if (pending is null)
        {
            return Failure.NotFound("This sign-in");
        }

        var account = await db.Set<Account>().AsNoTracking().SingleAsync(row => row.Id == pending.AccountId, cancellationToken);
        if (SignInDesk.IsRefused(account, now))
        {
            return await desk.RefuseAsync(account, "locked, or too many wrong tries", now, cancellationToken);
        }

        if (await desk.UseCodeAsync(account, request.Code, now, cancellationToken) is not { } how)
        {
            return await desk.RefuseAsync(account, "wrong code", now, cancellationToken);
        }

        await db.Set<SessionRow>().Where(row => row.Id == pending.Id).ExecuteDeleteAsync(cancellationToken);
        return await desk.OpenAsync(account, $"password and {how}", secondFactor: true, request.Device, now, cancellationToken);
    }
}

/// <summary>Signs somebody in who proved elsewhere who they are: by a passkey, or at an identity provider.</summary>
/// <param name="How">For the audit trail: passkey.</param>
/// <param name="SecondFactor">The proof was more than a password.</param>
public sealed record OpenSession(string AccountId, string How, bool SecondFactor, string? Device = null) : ICommand<SignInStep>, ITellsItself
{
    public static Access Access => Access.Vouch;
}

internal sealed class OpenSessionHandler(OpsDbContext db, SignInDesk desk, TimeProvider time) : IRequestHandler<OpenSession, Outcome<SignInStep>>
{
    public async Task<Outcome<SignInStep>> Handle(OpenSession request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var account = await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.AccountId, cancellationToken);
        return account is null || SignInDesk.IsRefused(account, now)
            ? await desk.RefuseAsync(account, $"{request.How}, but locked or gone", now, cancellationToken)
            : await desk.OpenAsync(account, request.How, request.SecondFactor, request.Device, now, cancellationToken);
    }
}
