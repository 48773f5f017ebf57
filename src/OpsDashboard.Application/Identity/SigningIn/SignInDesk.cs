using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Audit;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Audit;
using OpsDashboard.Domain.Identity;

namespace OpsDashboard.Application.Identity.SigningIn;

public enum SignInResult
{
    /// <summary>Unknown, wrong, locked or refused for a while: which of these is nobody's business.</summary>
    Wrong,

    /// <summary>Right so far; the token stands for the second step only.</summary>
    SecondFactor,

    SignedIn,
}

/// <summary>How a step of signing in came out.</summary>
/// <param name="Token">What the browser is to keep; null when it is wrong.</param>
public sealed record SignInStep(SignInResult Result, string? Token = null, DateTimeOffset? Until = null);

/// <summary>Opens sessions, counts wrong tries and writes both to the audit trail, all in the transaction of the command at hand.</summary>
internal sealed class SignInDesk(OpsDbContext db, AuditTrail trail, CallerContext caller, IOptions<AccountOptions> options, IAccountSeal seal)
{
    private const long PendingMs = 10 * Instants.MinuteMs;

    /// <summary>Signs in: a session with a new secret, whatever the browser held before.</summary>
    public async Task<SignInStep> OpenAsync(Account account, string how, bool secondFactor, string? device, long now, CancellationToken cancellationToken)
    {
        await db.Set<Account>().Where(row => row.Id == account.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.AccessFailedCount, 0).SetProperty(row => row.RefusedUntilMs, (long?)null).SetProperty(row => row.LastSignInAtMs, now),
            cancellationToken);
        await db.Set<SessionRow>().Where(row => row.ExpiresAtMs <= now).ExecuteDeleteAsync(cancellationToken);
        var step = Add(account, now + (options.Value.SessionHours * Instants.HourMs), isPending: false, secondFactor, device, now);
        await TellAsync(account, "SignedIn", AuditOutcome.Done, how, now, cancellationToken);
        return step;
    }

    /// <summary>The password was right and a second factor is set up.</summary>
    public async Task<SignInStep> AskSecondAsync(Account account, string? device, long now, CancellationToken cancellationToken)
    {
        var step = Add(account, now + PendingMs, isPending: true, secondFactor: false, device, now);
        await db.SaveChangesAsync(cancellationToken);
        return step;
    }

    /// <summary>Counts a wrong try; too many in a row, and the account is refused for a while.</summary>
    public async Task<SignInStep> RefuseAsync(Account? account, string why, long now, CancellationToken cancellationToken)
    {
        await TellAsync(account, "SignInFailed", AuditOutcome.Denied, why, now, cancellationToken);
        if (account is null || IsRefused(account, now))
        {
            return new SignInStep(SignInResult.Wrong);
        }

        var rows = db.Set<Account>().Where(row => row.Id == account.Id);
        await rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.AccessFailedCount, row => row.AccessFailedCount + 1), cancellationToken);
        var until = now + (options.Value.RefusedMinutes * Instants.MinuteMs);
        var most = options.Value.Attempts;
        var refused = await rows.Where(row => row.AccessFailedCount >= most).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.AccessFailedCount, 0).SetProperty(row => row.RefusedUntilMs, until),
            cancellationToken);
        if (refused > 0)
        {
            await db.Set<SessionRow>().Where(row => row.AccountId == account.Id && row.IsPending).ExecuteDeleteAsync(cancellationToken);
            await TellAsync(account, "AccountRefused", AuditOutcome.Denied, $"{most} wrong tries in a row", now, cancellationToken);
        }

        return new SignInStep(SignInResult.Wrong);
    }

    public static bool IsRefused(Account account, long now) => account.LockedAtMs is not null || account.RefusedUntilMs > now;

    public async Task<bool> HasSecondFactorAsync(Account account, CancellationToken cancellationToken) =>
        account.TotpSecret is not null
        || await db.Set<Microsoft.AspNetCore.Identity.IdentityUserPasskey<string>>().AnyAsync(passkey => passkey.UserId == account.Id, cancellationToken);

    /// <summary>A code of the authenticator app or one of the recovery codes; either is used up.</summary>
    /// <returns>How it was proved; null: it was not.</returns>
    public async Task<string?> UseCodeAsync(Account account, string code, long now, CancellationToken cancellationToken)
    {
        if (account.TotpSecret is { } sealedSecret && seal.Open(sealedSecret) is { } secret
            && Totp.Verify(Convert.FromBase64String(secret), code, now, account.TotpStep) is { } step)
        {
            // By a statement with the condition, so that of two who send the same code at once one is late.
            var taken = await db.Set<Account>().Where(row => row.Id == account.Id && row.TotpStep < step)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.TotpStep, step), cancellationToken);
            return taken == 1 ? "authenticator app" : null;
        }

        var hash = Secrets.HashRecoveryCode(code);
        var used = await db.Set<RecoveryCodeRow>().Where(row => row.AccountId == account.Id && row.CodeHash == hash).ExecuteDeleteAsync(cancellationToken);
        return used > 0 ? "recovery code" : null;
    }

    public Task TellAsync(Account? account, string action, AuditOutcome outcome, string detail, long now, CancellationToken cancellationToken) => trail.AppendAsync(
        new AuditFact
        {
            AtMs = now,
            Actor = account?.Name ?? Caller.Anonymous.Name,
            From = caller.Address,
            Action = action,
            Object = account?.Id,
            Outcome = outcome,
            Detail = detail,
        },
        cancellationToken);

    private SignInStep Add(Account account, long expires, bool isPending, bool secondFactor, string? device, long now)
    {
        var token = Secrets.New();
        db.Add(new SessionRow
        {
            Id = Guid.NewGuid().ToString("N"),
            TokenHash = Secrets.Hash(token),
            AccountId = account.Id,
            IsPending = isPending,
            BySecondFactor = secondFactor,
            CreatedAtMs = now,
            SeenAtMs = now,
            ExpiresAtMs = expires,
            ConfirmedAtMs = now,
            Address = Cut(caller.Address, IdentityRowMapping.MaxAddressLength),
            Device = Cut(device, IdentityRowMapping.MaxDeviceLength),
        });
        return new SignInStep(isPending ? SignInResult.SecondFactor : SignInResult.SignedIn, token, Instants.ToInstant(expires));
    }

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}
