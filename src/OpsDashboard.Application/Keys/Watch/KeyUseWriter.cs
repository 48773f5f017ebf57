using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Audit;
using OpsDashboard.Application.Keys.Store;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Audit;

namespace OpsDashboard.Application.Keys.Watch;

/// <summary>Once a minute writes when each key was used last, and tells the audit trail of first uses and refusals.</summary>
internal sealed class KeyUseWriter(KeyLedger ledger, ApiKeys keys, IServiceScopeFactory scopes, StartupState startup, TimeProvider time, ILogger<KeyUseWriter> log) : BackgroundService
{
    public static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(WriteEvery, time, stoppingToken);
            await TryWriteAsync(stoppingToken);
        }
    }

    private async Task TryWriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // A use that is not written is written with the next one; a refusal that is lost was refused all the same.
            KeysLog.UseNotWritten(log, fault);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var (uses, refusals) = (ledger.TakeUses(), ledger.TakeRefusals());
        if (uses.Count == 0 && refusals.Count == 0)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var trail = scope.ServiceProvider.GetRequiredService<AuditTrail>();
        var first = false;
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            foreach (var (key, atMs, from) in uses)
            {
                first |= await WriteUseAsync(db, trail, key, atMs, from, cancellationToken);
            }

            foreach (var (what, count) in refusals)
            {
                await trail.AppendAsync(Describe(what, count, time.NowMs()), cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        });
        if (first)
        {
            keys.Forget();
        }
    }

    /// <returns>Whether it was the key's first use.</returns>
    private static async Task<bool> WriteUseAsync(OpsDbContext db, AuditTrail trail, ApiKeyGrant key, long atMs, string? from, CancellationToken cancellationToken)
    {
        var rows = db.Set<ApiKeyRow>().Where(row => row.Id == key.Id);
        // Another node may have written the first use already, so the store says which it was.
        var isFirst = !key.WasUsed && await rows.Where(row => row.LastUsedAtMs == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAtMs, atMs).SetProperty(row => row.LastUsedFrom, from), cancellationToken) == 1;
        if (isFirst)
        {
            await trail.AppendAsync(
                new AuditFact { AtMs = atMs, Actor = key.ToCaller().Name, From = from, Action = "UseKey", Object = key.Id, Outcome = AuditOutcome.Done, Detail = "First use" },
                cancellationToken);
        }
        else
        {
            await rows.Where(row => row.LastUsedAtMs < atMs)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAtMs, atMs).SetProperty(row => row.LastUsedFrom, from), cancellationToken);
        }

        return isFirst;
    }

    private static AuditFact Describe(RefusedKey what, int count, long nowMs) => new()
    {
        AtMs = nowMs,
        Actor = what.KeyId is null ? "anonymous" : $"key {what.KeyId}",
        From = what.From,
        Action = "UseKey",
        Object = what.KeyId,
        Outcome = what.Why == KeyRefusal.OverLimit ? AuditOutcome.Refused : AuditOutcome.Denied,
        Detail = string.Create(CultureInfo.InvariantCulture, $"{what.Why}, {count} {(count == 1 ? "request" : "requests")} within a minute"),
    };
}
