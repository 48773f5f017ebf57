using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Audit.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Audit;

namespace OpsDashboard.Application.Audit;

/// <summary>Appends to the chain, always within the caller's transaction: no change without its entry, no entry without its change.</summary>
public sealed class AuditTrail
{
    private readonly OpsDbContext db;

    internal AuditTrail(OpsDbContext db) => this.db = db;

    /// <exception cref="InvalidOperationException">No transaction is open.</exception>
    public async Task AppendAsync(AuditFact fact, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("An audit entry is written in the transaction of what it tells.");
        }

        // Taking the number locks the head until the commit, so that writers stand in line and the chain has one end.
        var heads = db.Set<AuditHeadRow>();
        await heads.ExecuteUpdateAsync(set => set.SetProperty(head => head.Sequence, head => head.Sequence + 1), cancellationToken);
        var end = await heads.AsNoTracking().SingleAsync(cancellationToken);
        var body = AuditBody.Write(end.Sequence, fact);
        var hash = AuditChain.Hash(end.Hash, body);
        await heads.ExecuteUpdateAsync(set => set.SetProperty(head => head.Hash, hash), cancellationToken);
        db.Add(new AuditEntryRow
        {
            Sequence = end.Sequence,
            AtMs = fact.AtMs,
            Actor = Cut(fact.Actor, AuditEntryRowMapping.MaxActorLength)!,
            Action = Cut(fact.Action, AuditEntryRowMapping.MaxActionLength)!,
            Object = Cut(fact.Object, AuditEntryRowMapping.MaxObjectLength),
            Outcome = fact.Outcome,
            Body = body,
            Hash = hash,
        });
        await db.SaveChangesAsync(cancellationToken);
    }

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}
