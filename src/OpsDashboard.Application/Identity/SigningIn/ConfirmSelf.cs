using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Audit;
using OpsDashboard.Application.Identity.Passwords;
using OpsDashboard.Application.Identity.Sessions;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Audit;

namespace OpsDashboard.Application.Identity.SigningIn;

/// <summary>Proves again who one is, for the dangerous steps of the next minutes: by the password, or by a code where there is none.</summary>
public sealed record ConfirmSelf(string Password) : ICommand<SignInResult>, ITellsItself
{
    public static Access Access => Access.Self;
}

internal sealed class ConfirmSelfHandler(OpsDbContext db, UserManager<Account> accounts, SignInDesk desk, CallerContext caller, TimeProvider time)
    : IRequestHandler<ConfirmSelf, Outcome<SignInResult>>
{
    public async Task<Outcome<SignInResult>> Handle(ConfirmSelf request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var account = await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == caller.Current.AccountId, cancellationToken);
        if (account is null)
        {
            return Failure.NotFound("This account");
        }

        if (SignInDesk.IsRefused(account, now) || !await ProvesAsync(account, request.Password, now, cancellationToken))
        {
            return (await desk.RefuseAsync(account, "wrong proof of who one is", now, cancellationToken)).Result;
        }

        await SessionProof.KeepAsync(db, caller.Current.SessionId, now, cancellationToken);
        await desk.TellAsync(account, "Confirmed", AuditOutcome.Done, "proved again who they are", now, cancellationToken);
        return SignInResult.SignedIn;
    }

    private async Task<bool> ProvesAsync(Account account, string proof, long now, CancellationToken cancellationToken)
    {
        // A person of the demo has nothing to prove.
        if (account.IsDemo)
        {
            return true;
        }

        return account.PasswordHash is { } hash
            ? proof.Length <= PasswordRules.MaxLength && accounts.PasswordHasher.VerifyHashedPassword(account, hash, proof) != PasswordVerificationResult.Failed
            : await desk.UseCodeAsync(account, proof, now, cancellationToken) is not null;
    }
}

/// <summary>The same by what the host verified: a passkey.</summary>
public sealed record ConfirmSession(string SessionId, string AccountId) : ICommand<Done>
{
    public static Access Access => Access.Vouch;
}

internal sealed class ConfirmSessionHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<ConfirmSession, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(ConfirmSession request, CancellationToken cancellationToken)
    {
        if (!await db.Set<SessionRow>().AnyAsync(row => row.Id == request.SessionId && row.AccountId == request.AccountId, cancellationToken))
        {
            return Failure.NotFound("This session");
        }

        await SessionProof.KeepAsync(db, request.SessionId, time.NowMs(), cancellationToken);
        return default(Done);
    }
}

internal static class SessionProof
{
    public static async Task KeepAsync(OpsDbContext db, string? sessionId, long now, CancellationToken cancellationToken)
    {
        await db.Set<SessionRow>().Where(row => row.Id == sessionId).ExecuteUpdateAsync(set => set.SetProperty(row => row.ConfirmedAtMs, now), cancellationToken);
        db.Announce(now, (SignedInDirectory.Topic, SignedInDirectory.Key));
        await db.SaveChangesAsync(cancellationToken);
    }
}
