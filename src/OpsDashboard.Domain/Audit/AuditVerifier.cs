using System.Text;

namespace OpsDashboard.Domain.Audit;

/// <summary>The first thing that is wrong with a chain.</summary>
/// <param name="Sequence">Where.</param>
/// <param name="Rule">Which rule, as a stable word.</param>
public sealed record AuditChainFault(long Sequence, string Rule, string Message);

/// <summary>Checks a signature: public key, text, signature.</summary>
public delegate bool SignatureCheck(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature);

/// <summary>
/// Walks a chain once, entry by entry, holding nothing but the last hash. Seals are few and known beforehand.
/// </summary>
public sealed class AuditVerifier
{
    private readonly SignatureCheck check;
    private readonly Dictionary<long, List<AuditSeal>> bySequence;
    private readonly Dictionary<string, byte[]> trusted = new(StringComparer.Ordinal);
    private readonly AuditSeal? anchor;
    private readonly long newestSeal;
    private string hash = AuditChain.Origin;

    /// <param name="firstKey">The public key the chain began with; the verifier's only trust.</param>
    /// <param name="seals">All seals of the store, in the order they were made.</param>
    /// <param name="anchor">The newest checkpoint as it is kept outside the store; null where there is none.</param>
    public AuditVerifier(byte[] firstKey, IReadOnlyList<AuditSeal> seals, AuditSeal? anchor, SignatureCheck check)
    {
        this.check = check;
        this.anchor = anchor;
        trusted[AuditSeal.IdOf(firstKey)] = firstKey;
        bySequence = seals.GroupBy(seal => seal.Sequence).ToDictionary(group => group.Key, group => group.ToList());
        newestSeal = seals.Count == 0 ? 0 : seals.Max(seal => seal.Sequence);
        foreach (var seal in seals)
        {
            Fault ??= Judge(seal);
        }

        if (seals.LastOrDefault(seal => seal.Kind == AuditSealKind.Gap) is { } gap)
        {
            (Last, hash) = (gap.Sequence, gap.Hash);
        }
    }

    public AuditChainFault? Fault { get; private set; }

    /// <summary>Entries walked.</summary>
    public long Count { get; private set; }

    /// <summary>The newest entry walked.</summary>
    public long Last { get; private set; }

    /// <summary>Takes the next entry, in order of sequence.</summary>
    /// <returns>False once a fault was found: the rest need not be read.</returns>
    public bool Next(in AuditLink link)
    {
        if (Fault is not null)
        {
            return false;
        }

        if (link.Sequence != Last + 1)
        {
            Fault = new(Last + 1, "chain.gap", $"Entry {Last + 1} is missing: {link.Sequence} follows {Last}.");
            return false;
        }

        if (AuditBody.SequenceOf(link.Body) != link.Sequence)
        {
            Fault = new(link.Sequence, "chain.place", $"The entry at {link.Sequence} says it is another one.");
            return false;
        }

        var expected = AuditChain.Hash(hash, link.Body);
        if (expected != link.Hash)
        {
            Fault = new(link.Sequence, "chain.hash", $"Entry {link.Sequence} does not follow from the one before it: it or that one was changed.");
            return false;
        }

        (hash, Last, Count) = (expected, link.Sequence, Count + 1);
        foreach (var seal in bySequence.GetValueOrDefault(link.Sequence) ?? [])
        {
            if (seal.Hash != hash)
            {
                Fault = new(link.Sequence, "seal.hash", $"The chain up to {link.Sequence} is not the one that was sealed.");
                return false;
            }
        }

        if (anchor is not null && anchor.Sequence == link.Sequence && anchor.Hash != hash)
        {
            Fault = new(link.Sequence, "anchor.hash", $"The chain up to {link.Sequence} is not the one the anchor vouches for.");
            return false;
        }

        return true;
    }

    /// <summary>No entry follows.</summary>
    public void End()
    {
        Fault ??= newestSeal > Last
            ? new(Last + 1, "chain.truncated", $"Entries {Last + 1} to {newestSeal} are missing: a seal speaks of {newestSeal}.")
            : null;
        Fault ??= anchor is not null && anchor.Sequence > Last
            ? new(Last + 1, "anchor.ahead", $"Entries {Last + 1} to {anchor.Sequence} are missing: the anchor outside the store speaks of {anchor.Sequence}. The store may be an old copy.")
            : null;
    }

    private AuditChainFault? Judge(AuditSeal seal)
    {
        if (!trusted.TryGetValue(seal.KeyId, out var key))
        {
            return new(seal.Sequence, "seal.key", $"The seal at {seal.Sequence} is signed with the key {seal.KeyId}, which no rotation introduced.");
        }

        if (!IsSigned(key, seal))
        {
            return new(seal.Sequence, "seal.signature", $"The signature of the seal at {seal.Sequence} is wrong.");
        }

        if (seal is { Kind: AuditSealKind.Rotation, NextKey: { } next })
        {
            var introduced = Convert.FromBase64String(next);
            trusted[AuditSeal.IdOf(introduced)] = introduced;
        }

        return null;
    }

    private bool IsSigned(byte[] key, AuditSeal seal)
    {
        var signature = new byte[64];
        return Convert.TryFromBase64String(seal.Signature, signature, out var length)
            && length == signature.Length
            && check(key, Encoding.UTF8.GetBytes(seal.Text), signature);
    }
}
