using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Keys.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Keys;

namespace OpsDashboard.Application.Keys;

/// <summary>
/// Tells whose key it is. Keys that are good are kept in memory until the change feed tells of any change to keys, on every node:
/// a revoked key is refused as soon as the feed has come round.
/// </summary>
public sealed class ApiKeys(IServiceScopeFactory scopes, TimeProvider time) : IFeedListener
{
    internal const string Topic = "keys";

    // Replaced, never emptied: a look-up that began before a key was revoked writes into a book nobody reads any more.
    private volatile ConcurrentDictionary<string, (string Hash, ApiKeyGrant Grant)> known = new(StringComparer.Ordinal);

    public async Task<KeyFinding> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (!ApiKeyText.TryParse(text, out var key))
        {
            return new KeyFinding(null, null, KeyRefusal.Malformed);
        }

        var now = time.NowMs();
        var book = known;
        if (book.TryGetValue(key.Id, out var entry))
        {
            return !AreEqual(entry.Hash, key.Hash) ? new KeyFinding(key.Id, null, KeyRefusal.Unknown) : Judge(entry.Grant, now);
        }

        await using var scope = scopes.CreateAsyncScope();
        var row = await scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<ApiKeyRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == key.Id, cancellationToken);
        if (row is null || !AreEqual(row.KeyHash, key.Hash))
        {
            return new KeyFinding(key.Id, null, KeyRefusal.Unknown);
        }

        if (row.RevokedAtMs is not null)
        {
            return new KeyFinding(row.Id, null, KeyRefusal.Revoked);
        }

        var grant = ApiKeyGrant.Of(row);
        book[row.Id] = (row.KeyHash, grant);
        return Judge(grant, now);
    }

    Task IFeedListener.OnNoticesAsync(IReadOnlyList<Notice> notices, CancellationToken cancellationToken)
    {
        if (notices.Any(notice => notice.Topic == Topic))
        {
            Forget();
        }

        return Task.CompletedTask;
    }

    Task IFeedListener.RefreshAsync(CancellationToken cancellationToken)
    {
        Forget();
        return Task.CompletedTask;
    }

    internal void Forget() => known = new(StringComparer.Ordinal);

    private static KeyFinding Judge(ApiKeyGrant grant, long nowMs) =>
        grant.ExpiresAtMs > nowMs ? new KeyFinding(grant.Id, grant, null) : new KeyFinding(grant.Id, null, KeyRefusal.Expired);

    private static bool AreEqual(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other));
}
