using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Audit.Store;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Audit;

namespace OpsDashboard.Application.Audit.Signing;

/// <summary>Begins the chain at the first start, and hands signing over when another key is configured than the one that signed last.</summary>
internal sealed class PrepareAudit(IServiceScopeFactory scopes, IStoreProvider provider, AuditKeyRing keys, TimeProvider time, ILogger<PrepareAudit> log) : IStartupStep
{
    /// <summary>Before any step that sends a command.</summary>
    public int Order => -100;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        if (!await db.Set<AuditHeadRow>().AnyAsync(cancellationToken))
        {
            await BeginAsync(db, cancellationToken);
        }

        await RotateAsync(db, cancellationToken);
    }

    private async Task BeginAsync(OpsDbContext db, CancellationToken cancellationToken)
    {
        db.Add(new AuditHeadRow { Id = AuditHeadRow.Only, Sequence = 0, Hash = AuditChain.Origin, FirstKey = Convert.ToBase64String(keys.Current.PublicKey) });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (provider.IsDuplicateKey(fault))
        {
            // Another process began it at the same moment.
            db.ChangeTracker.Clear();
        }
    }

    private async Task RotateAsync(OpsDbContext db, CancellationToken cancellationToken)
    {
        var head = await db.Set<AuditHeadRow>().AsNoTracking().SingleAsync(cancellationToken);
        var rotation = await db.Set<AuditSealRow>().AsNoTracking()
            .Where(seal => seal.Kind == AuditSealKind.Rotation)
            .OrderByDescending(seal => seal.Id)
            .FirstOrDefaultAsync(cancellationToken);
        var signing = AuditSeal.IdOf(Convert.FromBase64String(rotation?.NextKey ?? head.FirstKey));
        if (signing == keys.Current.Id)
        {
            return;
        }

        if (keys.Previous is not { } previous || previous.Id != signing)
        {
            // Starting is better than not: every seal from here on is reported by the verification until the key is sorted out.
            AuditLogMessages.UnknownKey(log, keys.Current.Id, signing);
            return;
        }

        // The rotation itself seals the end of what the old key signed.
        db.Add(AuditSealRow.Of(previous.Seal(AuditSealKind.Rotation, head.Sequence, head.Hash, time.NowMs(), Convert.ToBase64String(keys.Current.PublicKey))));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            AuditLogMessages.Rotated(log, previous.Id, keys.Current.Id);
        }
        catch (DbUpdateException fault) when (provider.IsDuplicateKey(fault))
        {
            db.ChangeTracker.Clear();
        }
    }
}
