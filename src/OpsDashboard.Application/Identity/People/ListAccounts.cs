using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Identity.People;

/// <summary>All accounts by name, with what an administrator must know of them.</summary>
public sealed record ListAccounts : IQuery<IReadOnlyList<AccountSummary>>
{
    public static Access Access => Access.ManagePeople;
}

public enum AccountState
{
    Active,

    /// <summary>Has not chosen a password yet.</summary>
    Invited,
    Locked,
}

/// <param name="HasSecondFactor">An authenticator app or a passkey.</param>
/// <param name="LacksSecondFactor">A role of theirs asks for one and there is none.</param>
public sealed record AccountSummary(
    string Id,
    string Name,
    string Email,
    string? PersonId,
    AccountState State,
    IReadOnlyList<RoleTerms> Roles,
    bool HasSecondFactor,
    bool LacksSecondFactor,
    bool IsDemo,
    int Sessions,
    DateTimeOffset? LastSignInAt);

internal sealed class ListAccountsHandler(OpsDbContext db, IOptions<AccountOptions> options, TimeProvider time) : IRequestHandler<ListAccounts, Outcome<IReadOnlyList<AccountSummary>>>
{
    public async Task<Outcome<IReadOnlyList<AccountSummary>>> Handle(ListAccounts request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var accounts = await db.Set<Account>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var grants = (await db.Set<GrantRow>().AsNoTracking().ToListAsync(cancellationToken)).ToLookup(row => row.AccountId, StringComparer.Ordinal);
        var passkeys = (await db.Set<IdentityUserPasskey<string>>().Select(row => row.UserId).Distinct().ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var sessions = await db.Set<SessionRow>().Where(row => !row.IsPending && row.ExpiresAtMs > now).GroupBy(row => row.AccountId)
            .ToDictionaryAsync(group => group.Key, group => group.Count(), StringComparer.Ordinal, cancellationToken);
        return accounts.ConvertAll(account =>
        {
            var roles = grants[account.Id].Select(row => row.ToGrant()).OrderBy(grant => grant.Role).ToList();
            var has = account.TotpSecret is not null || passkeys.Contains(account.Id);
            return new AccountSummary(
                account.Id,
                account.Name,
                account.Email ?? "",
                account.PersonId,
                account.LockedAtMs is not null ? AccountState.Locked : account is { HasPassword: false, IsDemo: false } && !has ? AccountState.Invited : AccountState.Active,
                roles.ConvertAll(RoleTerms.Of),
                has,
                !has && !account.IsDemo && roles.Exists(grant => options.Value.NeedsSecondFactor(grant.Role)),
                account.IsDemo,
                sessions.GetValueOrDefault(account.Id),
                account.LastSignInAtMs is { } at ? Instants.ToInstant(at) : null);
        });
    }
}
