using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Audit.Signing;
using OpsDashboard.Application.Audit.Store;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Audit;

namespace OpsDashboard.Application.Audit.Verification;

/// <summary>
/// Signs the end of the chain every minute in which it grew, sooner when it grew much. Every process may do it: one seal for an
/// entry is all there can be.
/// </summary>
internal sealed class AuditSealer(
    IServiceScopeFactory scopes,
    IStoreProvider provider,
    AuditKeyRing keys,
    AuditAnchor anchor,
    StartupState startup,
    TimeProvider time,
    IOptions<AuditOptions> options,
    ILogger<AuditSealer> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromHours(24);
    private const int PurgeAtOnce = 10_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        var sealedAt = time.GetTimestamp();
        var purgedAt = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Look, time, stoppingToken);
            try
            {
                var due = time.GetElapsedTime(sealedAt) >= Every;
                if (await SealAsync(due ? 1 : options.Value.SealEvery, stoppingToken) || due)
                {
                    sealedAt = time.GetTimestamp();
                }

                if (time.GetElapsedTime(purgedAt) >= PurgeEvery)
                {
                    await PurgeAsync(stoppingToken);
                    purgedAt = time.GetTimestamp();
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                AuditLogMessages.SealFailed(log, fault);
            }
        }
    }

    /// <summary>Seals the end of the chain if at least so many entries came since the last seal.</summary>
    public async Task<bool> SealAsync(long afterEntries, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var head = await db.Set<AuditHeadRow>().AsNoTracking().SingleAsync(cancellationToken);
        var last = await db.Set<AuditSealRow>().Where(seal => seal.Kind == AuditSealKind.Checkpoint).MaxAsync(seal => (long?)seal.Sequence, cancellationToken) ?? 0;
        if (head.Sequence - last < afterEntries)
        {
            return false;
        }

        var seal = keys.Current.Seal(AuditSealKind.Checkpoint, head.Sequence, head.Hash, time.NowMs());
        db.Add(AuditSealRow.Of(seal));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (provider.IsDuplicateKey(fault))
        {
            // Sealed by another process.
            return true;
        }

        anchor.Keep(seal);
        return true;
    }

    /// <summary>Removes entries beyond their retention, after a signed record of how far. The triggers let go of nothing else.</summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var before = Instants.ToInstant(time.NowMs()).AddYears(-options.Value.RetentionYears).ToUnixTimeMilliseconds();
        // Up to the first entry that is to stay: a clock that stepped may have left older ones behind it.
        var stays = await db.Set<AuditEntryRow>().Where(entry => entry.AtMs >= before).MinAsync(entry => (long?)entry.Sequence, cancellationToken);
        var last = await db.Set<AuditEntryRow>().AsNoTracking()
            .Where(entry => stays == null || entry.Sequence < stays)
            .OrderByDescending(entry => entry.Sequence)
            .Select(entry => new { entry.Sequence, entry.Hash })
            .FirstOrDefaultAsync(cancellationToken);
        if (last is null)
        {
            return 0;
        }

        return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            db.Add(AuditSealRow.Of(keys.Current.Seal(AuditSealKind.Gap, last.Sequence, last.Hash, time.NowMs())));
            await db.SaveChangesAsync(cancellationToken);
            var removed = 0;
            for (int step; (step = await db.Set<AuditEntryRow>().Where(entry => entry.Sequence <= last.Sequence).OrderBy(entry => entry.Sequence).Take(PurgeAtOnce).ExecuteDeleteAsync(cancellationToken)) > 0;)
            {
                removed += step;
            }

            await transaction.CommitAsync(cancellationToken);
            AuditLogMessages.Purged(log, removed, last.Sequence);
            return removed;
        });
    }
}
