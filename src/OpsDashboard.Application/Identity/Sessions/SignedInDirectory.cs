using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Identity.Sessions;

/// <summary>Who sits behind a session.</summary>
/// <param name="MustEnrol">A role of theirs asks for a second factor and this session has none: only their own account is open to them.</param>
public sealed record SignedIn(string SessionId, string AccountId, string Name, Caller Caller, bool MustEnrol, bool IsDemo, long ExpiresAtMs);

/// <summary>
/// Tells at every request who a session belongs to and what they may do. What it knows it remembers until the change feed says that
/// an account changed, on whichever node.
/// </summary>
public sealed class SignedInDirectory : IFeedListener
{
    /// <summary>Topic of the change feed: rights, accounts or sessions changed.</summary>
    public const string Topic = "accounts";

    public const string Key = "all";

    private const int MostRemembered = 5_000;
    private const int MaxTokenLength = 100;
    private const long SeenEveryMs = 5 * Instants.MinuteMs;

    private readonly IServiceScopeFactory scopes;
    private readonly IStoreProvider store;
    private readonly AccountOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<SignedInDirectory> log;
    private readonly ConcurrentDictionary<string, Remembered> known = new(StringComparer.Ordinal);
    private long version;

    internal SignedInDirectory(IServiceScopeFactory scopes, IStoreProvider store, IOptions<AccountOptions> options, TimeProvider time, ILogger<SignedInDirectory> log) =>
        (this.scopes, this.store, this.options, this.time, this.log) = (scopes, store, options.Value, time, log);

    /// <returns>Null for a token that signs nobody in.</returns>
    public Task<SignedIn?> FindByTokenAsync(string token, CancellationToken cancellationToken) => token.Length is 0 or > MaxTokenLength
        ? Task.FromResult<SignedIn?>(null)
        : RecallAsync("token:" + Secrets.Hash(token), cancellationToken);

    /// <summary>As it is now; null once it is over.</summary>
    public Task<SignedIn?> FindAsync(string sessionId, CancellationToken cancellationToken) => RecallAsync("id:" + sessionId, cancellationToken);

    Task IFeedListener.OnNoticesAsync(IReadOnlyList<Notice> notices, CancellationToken cancellationToken)
    {
        if (notices.Any(notice => notice.Topic == Topic))
        {
            Interlocked.Increment(ref version);
        }

        return Task.CompletedTask;
    }

    Task IFeedListener.RefreshAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref version);
        return Task.CompletedTask;
    }

    private async Task<SignedIn?> RecallAsync(string key, CancellationToken cancellationToken)
    {
        var current = Interlocked.Read(ref version);
        var now = time.NowMs();
        var remembered = known.GetValueOrDefault(key);
        if (remembered is null || remembered.Version != current || now - remembered.ReadAtMs > SeenEveryMs)
        {
            try
            {
                var found = await ReadAsync(key, now, cancellationToken);
                remembered = new Remembered(found, current, now);
                Keep(key, remembered);
            }
            catch (Exception fault) when (store.IsTransient(fault))
            {
                // Who was known stays known while the store is away: their screen must show that, not a sign-in form.
                AccountLog.SessionNotRead(log, fault);
            }
        }

        return remembered?.Found is { } signedIn && signedIn.ExpiresAtMs > now ? signedIn : null;
    }

    private void Keep(string key, Remembered remembered)
    {
        if (remembered.Found is null)
        {
            known.TryRemove(key, out _);
            return;
        }

        if (known.Count >= MostRemembered)
        {
            known.Clear();
        }

        known[key] = remembered;
    }

    private async Task<SignedIn?> ReadAsync(string key, long now, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var value = key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var sessions = db.Set<SessionRow>().AsNoTracking().Where(row => !row.IsPending);
        var session = await (key[0] == 't' ? sessions.Where(row => row.TokenHash == value) : sessions.Where(row => row.Id == value)).SingleOrDefaultAsync(cancellationToken);
        if (session is null)
        {
            return null;
        }

        var account = await db.Set<Account>().AsNoTracking().SingleAsync(account => account.Id == session.AccountId, cancellationToken);
        if (account.LockedAtMs is not null || (account.IsDemo && !options.DemoPeople))
        {
            return null;
        }

        if (now - session.SeenAtMs > SeenEveryMs)
        {
            await db.Set<SessionRow>().Where(row => row.Id == session.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.SeenAtMs, now), cancellationToken);
        }

        return Describe(session, account, await AccountRights.ReadAsync(db, account.Id, cancellationToken));
    }

    private SignedIn Describe(SessionRow session, Account account, AccountRights rights)
    {
        var mustEnrol = !account.IsDemo && !session.BySecondFactor && rights.Grants.Any(grant => options.NeedsSecondFactor(grant.Role));
        var caller = Caller.InRoles(account.Name, mustEnrol ? [] : rights.Grants, rights.Owned, account.PersonId) with
        {
            AccountId = account.Id,
            SessionId = session.Id,
            ConfirmedUntilMs = session.ConfirmedAtMs + (options.ConfirmedMinutes * Instants.MinuteMs),
        };
        return new SignedIn(session.Id, account.Id, account.Name, caller, mustEnrol, account.IsDemo, session.ExpiresAtMs);
    }

    private sealed record Remembered(SignedIn? Found, long Version, long ReadAtMs);
}

/// <summary>The roles of an account and what its teams own.</summary>
internal sealed record AccountRights(IReadOnlyList<RoleGrant> Grants, Scope Owned)
{
    public static async Task<AccountRights> ReadAsync(OpsDbContext db, string accountId, CancellationToken cancellationToken)
    {
        var grants = await db.Set<GrantRow>().AsNoTracking().Where(row => row.AccountId == accountId).ToListAsync(cancellationToken);
        var owned = await (from member in db.Set<TeamMemberRow>()
                           join team in db.Set<TeamRow>() on member.TeamId equals team.Id
                           where member.AccountId == accountId
                           select team.Owns).ToListAsync(cancellationToken);
        return new AccountRights(grants.ConvertAll(row => row.ToGrant()), owned.Aggregate(Scope.Nothing, (scope, lines) => scope.Or(ScopeText.Read(lines))));
    }
}
