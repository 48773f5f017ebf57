using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Keys.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Keys.Limits;

/// <summary>What is left of a minute.</summary>
/// <param name="Limit">Requests a minute.</param>
/// <param name="Remaining">As far as this node knows; never more than there is.</param>
/// <param name="ResetSeconds">Until the next minute begins, 1 to 60.</param>
public sealed record Allowance(bool IsGranted, int Limit, int Remaining, int ResetSeconds);

/// <summary>
/// Counts the requests of each key by calendar minutes, over all nodes. A node takes small shares of the minute from the store, smaller
/// ones towards its end, and spends them from memory: never more than the limit is granted in all, and what other nodes hold unspent is
/// at most a twentieth each.
/// </summary>
public sealed class TierLimiter(IServiceScopeFactory scopes, IOptions<KeysOptions> options, TimeProvider time)
{
    /// <summary>A share is so many parts of the limit, and no more than this part of what is left.</summary>
    private const int PartsOfLimit = 20;
    private const int PartsOfRest = 4;
    private const int MostTries = 8;

    private readonly ConcurrentDictionary<string, Purse> purses = new(StringComparer.Ordinal);

    public async Task<Allowance> TakeAsync(ApiKeyGrant key, CancellationToken cancellationToken)
    {
        var limit = options.Value.PerMinute(key.Tier);
        var nowMs = time.NowMs();
        var minute = nowMs / Instants.MinuteMs;
        var reset = (int)Math.Ceiling((((minute + 1) * Instants.MinuteMs) - nowMs) / 1000.0);
        var purse = purses.GetOrAdd(key.Id, _ => new Purse());
        await purse.Gate.WaitAsync(cancellationToken);
        try
        {
            if (purse.Minute != minute)
            {
                (purse.Minute, purse.Left, purse.Taken) = (minute, 0, 0);
            }

            if (purse.Left == 0 && purse.Taken < limit)
            {
                await FillAsync(purse, key.Id, limit, cancellationToken);
            }

            var granted = purse.Left > 0;
            purse.Left -= granted ? 1 : 0;
            return new Allowance(granted, limit, Math.Max(0, limit - purse.Taken) + purse.Left, reset);
        }
        finally
        {
            purse.Gate.Release();
        }
    }

    private async Task FillAsync(Purse purse, string keyId, int limit, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        for (var tries = 0; tries < MostTries; tries++)
        {
            var row = await db.Set<KeyMinuteRow>().AsNoTracking().SingleOrDefaultAsync(row => row.KeyId == keyId, cancellationToken);
            // A node whose clock is behind goes on in the minute the others have begun, rather than beginning an old one anew.
            var taken = row is not null && row.Minute >= purse.Minute ? row.Taken : 0;
            var share = Math.Min(limit - taken, Math.Clamp((limit - taken) / PartsOfRest, 1, Math.Max(1, limit / PartsOfLimit)));
            if (share <= 0)
            {
                purse.Taken = limit;
                return;
            }

            if (await TryTakeAsync(scope.ServiceProvider, keyId, row, purse.Minute, taken + share, cancellationToken))
            {
                (purse.Left, purse.Taken) = (share, taken + share);
                return;
            }
        }
    }

    /// <returns>False: another node was quicker.</returns>
    private static async Task<bool> TryTakeAsync(IServiceProvider services, string keyId, KeyMinuteRow? row, long minute, int taken, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<OpsDbContext>();
        if (row is not null)
        {
            return await db.Set<KeyMinuteRow>()
                .Where(known => known.KeyId == keyId && known.Minute == row.Minute && known.Taken == row.Taken)
                .ExecuteUpdateAsync(set => set.SetProperty(known => known.Minute, Math.Max(row.Minute, minute)).SetProperty(known => known.Taken, taken), cancellationToken) == 1;
        }

        try
        {
            db.Add(new KeyMinuteRow { KeyId = keyId, Minute = minute, Taken = taken });
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException fault) when (services.GetRequiredService<IStoreProvider>().IsDuplicateKey(fault))
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }

    /// <summary>What this node holds of a key's minute.</summary>
    private sealed class Purse
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public long Minute { get; set; }

        public int Left { get; set; }

        /// <summary>By all nodes, as last seen.</summary>
        public int Taken { get; set; }
    }
}
