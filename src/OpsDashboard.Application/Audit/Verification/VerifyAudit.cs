using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Audit.Signing;
using OpsDashboard.Application.Audit.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Audit;

namespace OpsDashboard.Application.Audit.Verification;

/// <summary>Walks the whole chain: a second for some ten thousands of entries, memory flat.</summary>
public sealed record VerifyAudit : IQuery<AuditVerification>
{
    public static Access Access => Access.ReadAudit;
}

/// <summary>What a walk along the chain found.</summary>
public sealed record AuditVerification
{
    /// <summary>Null: nothing is wrong.</summary>
    public AuditChainFault? Fault { get; init; }

    public required long Entries { get; init; }

    public required long Last { get; init; }

    /// <summary>The newest entry a seal vouches for; what follows is chained and not signed yet.</summary>
    public required long SealedThrough { get; init; }

    /// <summary>The newest entry that retention removed; 0: none.</summary>
    public required long RemovedThrough { get; init; }

    public required string KeyId { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class VerifyAuditHandler(OpsDbContext db, AuditKeyRing keys, AuditAnchor anchor, TimeProvider time) : IRequestHandler<VerifyAudit, Outcome<AuditVerification>>
{
    public async Task<Outcome<AuditVerification>> Handle(VerifyAudit request, CancellationToken cancellationToken)
    {
        // One view of the store: what is written meanwhile belongs to the next walk.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var head = await db.Set<AuditHeadRow>().AsNoTracking().SingleAsync(cancellationToken);
        var seals = (await db.Set<AuditSealRow>().AsNoTracking().OrderBy(seal => seal.Id).ToListAsync(cancellationToken)).ConvertAll(seal => seal.Read());
        var verifier = new AuditVerifier(Convert.FromBase64String(head.FirstKey), seals, anchor.Read(), Ed25519.IsSigned);
        var entries = db.Set<AuditEntryRow>().AsNoTracking().OrderBy(entry => entry.Sequence).Select(entry => new { entry.Sequence, entry.Body, entry.Hash });
        await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (!verifier.Next(new AuditLink(entry.Sequence, entry.Body, entry.Hash)))
            {
                break;
            }
        }

        verifier.End();
        return new AuditVerification
        {
            Fault = verifier.Fault ?? WrongKey(seals, head) ?? WrongHead(head, verifier.Last),
            Entries = verifier.Count,
            Last = verifier.Last,
            SealedThrough = seals.Where(seal => seal.Kind == AuditSealKind.Checkpoint).Select(seal => seal.Sequence).DefaultIfEmpty().Max(),
            RemovedThrough = seals.Where(seal => seal.Kind == AuditSealKind.Gap).Select(seal => seal.Sequence).DefaultIfEmpty().Max(),
            KeyId = keys.Current.Id,
            At = Instants.ToInstant(time.NowMs()),
        };
    }

    /// <summary>Whoever replaced chain, seals and first key alike does not have the key this process was given from outside.</summary>
    private AuditChainFault? WrongKey(List<AuditSeal> seals, AuditHeadRow head)
    {
        var signing = seals.LastOrDefault(seal => seal.Kind == AuditSealKind.Rotation)?.NextKey ?? head.FirstKey;
        return signing == Convert.ToBase64String(keys.Current.PublicKey)
            ? null
            : new AuditChainFault(head.Sequence, "key.unknown", $"The chain ends with another key than the configured {keys.Current.Id}: it was swapped, or a rotation is missing.");
    }

    private static AuditChainFault? WrongHead(AuditHeadRow head, long last) => head.Sequence == last
        ? null
        : new AuditChainFault(last + 1, "chain.truncated", $"Entries {last + 1} to {head.Sequence} are missing.");
}
