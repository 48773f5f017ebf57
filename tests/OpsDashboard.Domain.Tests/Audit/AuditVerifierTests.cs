using System.Security.Cryptography;
using System.Text;
using OpsDashboard.Domain.Audit;

namespace OpsDashboard.Domain.Tests.Audit;

/// <summary>Forgeries of a chain; a keyed hash stands for the signature, whose own tests run where the library is called.</summary>
public sealed class AuditVerifierTests
{
    private static readonly byte[] Key = [.. Enumerable.Repeat((byte)1, 32)];
    private static readonly byte[] Second = [.. Enumerable.Repeat((byte)2, 32)];

    [Fact]
    public void Chain_Untouched_HasNoFaultAndCountsItsEntries()
    {
        var found = Walk(Chain(20), [Sign(Key, Chain(20)[9]), Sign(Key, Chain(20)[19])], Sign(Key, Chain(20)[19]));

        Assert.Null(found.Fault);
        Assert.Equal((20, 20), (found.Count, found.Last));
    }

    [Fact]
    public void Chain_Empty_HasNoFault() => Assert.Null(Walk([], [], null).Fault);

    [Fact]
    public void Entry_Edited_IsFoundWhereItStands()
    {
        var chain = Chain(20);
        chain[7] = chain[7] with { Body = chain[7].Body.Replace("one", "two", StringComparison.Ordinal) };
        Assert.Equal((8, "chain.hash"), FaultOf(chain, []));
    }

    [Fact]
    public void Entry_EditedWithItsHashAndAllThatFollow_IsFoundAtTheNextSeal()
    {
        var chain = Chain(20);
        var seals = new[] { Sign(Key, chain[9]) };
        Assert.Equal((10, "seal.hash"), FaultOf(Chain(20, forgedAt: 8), seals));
    }

    [Fact]
    public void Entry_Deleted_IsFound()
    {
        var chain = Chain(20);
        chain.RemoveAt(7);
        Assert.Equal((8, "chain.gap"), FaultOf(chain, []));
    }

    [Fact]
    public void Entry_Inserted_IsFound()
    {
        var chain = Chain(20);
        chain.Insert(7, chain[7]);
        Assert.Equal((9, "chain.gap"), FaultOf(chain, []));
    }

    [Fact]
    public void Entries_Reordered_AreFoundEvenUnderTheOthersSequence()
    {
        var chain = Chain(20);
        (chain[7], chain[8]) = (chain[8] with { Sequence = 8 }, chain[7] with { Sequence = 9 });
        Assert.Equal((8, "chain.place"), FaultOf(chain, []));
    }

    [Fact]
    public void Tail_CutOff_IsFoundByTheSealThatSpeaksOfIt()
    {
        var chain = Chain(20);
        Assert.Equal((16, "chain.truncated"), FaultOf(chain[..15], [Sign(Key, chain[19])]));
    }

    [Fact]
    public void Store_OfAnOlderDay_IsFoundByTheAnchorOutsideIt()
    {
        var chain = Chain(20);
        var older = Walk(chain[..10], [Sign(Key, chain[9])], Sign(Key, chain[19]));
        Assert.Equal((11, "anchor.ahead"), (older.Fault!.Sequence, older.Fault.Rule));
    }

    [Fact]
    public void Chain_MadeAnewWithTheSameLength_IsFoundByTheAnchor()
    {
        var forged = Chain(20, forgedAt: 1);
        var found = Walk(forged, [], Sign(Key, Chain(20)[19]));
        Assert.Equal((20, "anchor.hash"), (found.Fault!.Sequence, found.Fault.Rule));
    }

    [Fact]
    public void Key_Swapped_IsFound() => Assert.Equal((10, "seal.key"), FaultOf(Chain(20), [Sign(Second, Chain(20)[9])]));

    [Fact]
    public void Signature_Forged_IsFound()
    {
        var seal = Sign(Key, Chain(20)[9]);
        Assert.Equal((10, "seal.signature"), FaultOf(Chain(20), [seal with { AtMs = seal.AtMs + 1 }]));
    }

    [Fact]
    public void Key_RotatedByTheOneBefore_SignsFromThenOn()
    {
        var chain = Chain(20);
        var rotation = Sign(Key, chain[9], AuditSealKind.Rotation, Convert.ToBase64String(Second));
        Assert.Null(Walk(chain, [rotation, Sign(Second, chain[19])], null).Fault);
        Assert.Equal((20, "seal.key"), FaultOf(chain, [Sign(Second, chain[19]), rotation]));
    }

    [Fact]
    public void Chain_WhoseBeginningRetentionRemoved_GoesOnFromTheSignedGap()
    {
        var chain = Chain(20);
        var gap = Sign(Key, chain[9], AuditSealKind.Gap);
        Assert.Null(Walk(chain[10..], [gap, Sign(Key, chain[19])], null).Fault);
        Assert.Equal((1, "chain.gap"), FaultOf(chain[10..], []));
    }

    private static List<AuditLink> Chain(int count, int forgedAt = 0)
    {
        var chain = new List<AuditLink>();
        var hash = AuditChain.Origin;
        for (var sequence = 1; sequence <= count; sequence++)
        {
            var body = AuditBody.Write(sequence, new AuditFact
            {
                AtMs = sequence * 1000,
                Actor = sequence == forgedAt ? "somebody" : "one",
                Action = "EditSlo",
                Object = "shop/checkout/\"uptime\"\n",
                Outcome = AuditOutcome.Done,
                Changes = [new AuditChange("Slo", "1", "Target", "0.99", null)],
            });
            hash = AuditChain.Hash(hash, body);
            chain.Add(new AuditLink(sequence, body, hash));
        }

        return chain;
    }

    private static AuditSeal Sign(byte[] key, AuditLink at, AuditSealKind kind = AuditSealKind.Checkpoint, string? next = null)
    {
        var id = AuditSeal.IdOf(key);
        var text = AuditSeal.TextOf(kind, at.Sequence, at.Hash, 77, id, next);
        return new AuditSeal(kind, at.Sequence, at.Hash, 77, id, next, Convert.ToBase64String(HMACSHA512.HashData(key, Encoding.UTF8.GetBytes(text))));
    }

    private static AuditVerifier Walk(IEnumerable<AuditLink> chain, IReadOnlyList<AuditSeal> seals, AuditSeal? anchor)
    {
        var verifier = new AuditVerifier(Key, seals, anchor, (key, text, signature) => HMACSHA512.HashData(key, text).AsSpan().SequenceEqual(signature));
        foreach (var link in chain)
        {
            if (!verifier.Next(link))
            {
                break;
            }
        }

        verifier.End();
        return verifier;
    }

    private static (long Sequence, string Rule) FaultOf(IEnumerable<AuditLink> chain, IReadOnlyList<AuditSeal> seals)
    {
        var fault = Walk(chain, seals, null).Fault!;
        return (fault.Sequence, fault.Rule);
    }
}
