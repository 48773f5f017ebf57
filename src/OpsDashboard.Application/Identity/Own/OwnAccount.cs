using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Identity.People;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Identity.Own;

/// <summary>One's own account.</summary>
public sealed record GetOwnAccount : IQuery<OwnAccount>
{
    public static Access Access => Access.Self;
}

/// <param name="NeedsSecondFactor">A role asks for one.</param>
/// <param name="RecoveryCodes">How many are left.</param>
public sealed record OwnAccount(
    string Id,
    string Name,
    string Email,
    bool IsDemo,
    bool HasPassword,
    bool HasTotp,
    int RecoveryCodes,
    bool NeedsSecondFactor,
    IReadOnlyList<RoleTerms> Roles,
    IReadOnlyList<OwnPasskey> Passkeys,
    IReadOnlyList<OwnSession> Sessions);

/// <param name="Id">The credential's id, base64url.</param>
public sealed record OwnPasskey(string Id, string Name, DateTimeOffset CreatedAt);

public sealed record OwnSession(string Id, string Device, string From, DateTimeOffset Since, DateTimeOffset SeenAt, bool IsThis, bool BySecondFactor);

internal sealed class GetOwnAccountHandler(OpsDbContext db, UserManager<Account> accounts, IOptions<AccountOptions> options, CallerContext caller, TimeProvider time)
    : IRequestHandler<GetOwnAccount, Outcome<OwnAccount>>
{
    public async Task<Outcome<OwnAccount>> Handle(GetOwnAccount request, CancellationToken cancellationToken)
    {
        var id = caller.Current.AccountId;
        var account = await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (account is null)
        {
            return Failure.NotFound("This account");
        }

        var grants = await db.Set<GrantRow>().AsNoTracking().Where(row => row.AccountId == id).ToListAsync(cancellationToken);
        var codes = await db.Set<RecoveryCodeRow>().CountAsync(row => row.AccountId == id, cancellationToken);
        var passkeys = await accounts.GetPasskeysAsync(account);
        return new OwnAccount(
            account.Id,
            account.Name,
            account.Email ?? "",
            account.IsDemo,
            account.HasPassword,
            account.TotpSecret is not null,
            codes,
            grants.Exists(row => options.Value.NeedsSecondFactor(row.Role)),
            grants.ConvertAll(row => RoleTerms.Of(row.ToGrant())),
            [.. passkeys.Select(passkey => new OwnPasskey(System.Buffers.Text.Base64Url.EncodeToString(passkey.CredentialId), passkey.Name ?? "Passkey", passkey.CreatedAt))],
            await SessionsAsync(account.Id, cancellationToken));
    }

    private async Task<IReadOnlyList<OwnSession>> SessionsAsync(string accountId, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var rows = await db.Set<SessionRow>().AsNoTracking().Where(row => row.AccountId == accountId && !row.IsPending && row.ExpiresAtMs > now)
            .OrderByDescending(row => row.SeenAtMs).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new OwnSession(
            row.Id,
            row.Device ?? "Unknown browser",
            row.Address ?? "unknown",
            Instants.ToInstant(row.CreatedAtMs),
            Instants.ToInstant(row.SeenAtMs),
            row.Id == caller.Current.SessionId,
            row.BySecondFactor));
    }
}

/// <summary>Changes one's own password; every other session of one's own ends.</summary>
public sealed record ChangeOwnPassword(string CurrentPassword, string NewPassword) : ICommand<Done>
{
    public static Access Access => Access.Self;
}

internal sealed class ChangeOwnPasswordHandler(OpsDbContext db, UserManager<Account> accounts, AccountBook book, CallerContext caller, TimeProvider time)
    : IRequestHandler<ChangeOwnPassword, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(ChangeOwnPassword request, CancellationToken cancellationToken)
    {
        var account = await db.Set<Account>().SingleOrDefaultAsync(row => row.Id == caller.Current.AccountId && !row.IsDemo, cancellationToken);
        if (account?.PasswordHash is null)
        {
            return Failure.NotFound("A password of yours");
        }

        if (request.CurrentPassword.Length > Passwords.PasswordRules.MaxLength
            || accounts.PasswordHasher.VerifyHashedPassword(account, account.PasswordHash, request.CurrentPassword) == PasswordVerificationResult.Failed)
        {
            return Failure.Invalid("/currentPassword", "password.wrong", "This is not your password.");
        }

        return await book.SetPasswordAsync(account, request.NewPassword, time.NowMs(), cancellationToken, keepSession: caller.Current.SessionId) is { } failure
            ? failure
            : default(Done);
    }
}
