using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Incidents.Alerts;

/// <summary>An integration whose key was shown.</summary>
public sealed record IntegrationRef(int Id, string Name, string? Platform, int StaleAfterSeconds);

/// <summary>
/// Tells whose key it is. Keys are stored as hashes, so looking one up by its hash tells nobody how much of a guess was right.
/// </summary>
public sealed class IntegrationKeys(IServiceScopeFactory scopes) : IFeedListener
{
    private const int MaxKeyLength = 200;
    // Replaced, never emptied: a look-up that began before a key was revoked writes into a book nobody reads any more.
    private volatile ConcurrentDictionary<string, IntegrationRef> known = new(StringComparer.Ordinal);

    /// <returns>Null for a key that is not known or no longer good.</returns>
    public async Task<IntegrationRef?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (key.Length is 0 or > MaxKeyLength)
        {
            return null;
        }

        var hash = Hash(key);
        var book = known;
        if (book.TryGetValue(hash, out var integration))
        {
            return integration;
        }

        await using var scope = scopes.CreateAsyncScope();
        integration = await scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<IntegrationRow>().AsNoTracking()
            .Where(row => row.KeyHash == hash && row.RevokedAtMs == null)
            .Select(row => new IntegrationRef(row.Id, row.Name, row.Platform, row.StaleAfterSeconds))
            .SingleOrDefaultAsync(cancellationToken);
        if (integration is not null)
        {
            book[hash] = integration;
        }

        return integration;
    }

    Task IFeedListener.OnNoticesAsync(IReadOnlyList<Notice> notices, CancellationToken cancellationToken)
    {
        if (notices.Any(notice => notice is { Topic: "alerts", Key: "integrations" }))
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

    /// <summary>256 bits from the system, so that a fast hash is enough.</summary>
    internal static string Create() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    internal static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
