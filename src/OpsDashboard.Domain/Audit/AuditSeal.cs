using System.Globalization;
using System.Security.Cryptography;

namespace OpsDashboard.Domain.Audit;

public enum AuditSealKind
{
    /// <summary>Vouches for the chain up to an entry.</summary>
    Checkpoint,

    /// <summary>Retention removed everything up to and with an entry.</summary>
    Gap,

    /// <summary>From the entry on, another key signs; signed by the key before it.</summary>
    Rotation,
}

/// <summary>A signed statement about the chain.</summary>
/// <param name="Sequence">The entry it speaks of; 0: the chain had none.</param>
/// <param name="Hash">Hash of that entry.</param>
/// <param name="KeyId">Who signed.</param>
/// <param name="NextKey">Rotation: the public key that signs from now on, base64; otherwise null.</param>
/// <param name="Signature">Ed25519 over <see cref="Text"/>, base64.</param>
public sealed record AuditSeal(AuditSealKind Kind, long Sequence, string Hash, long AtMs, string KeyId, string? NextKey, string Signature)
{
    /// <summary>What is signed: seven lines of UTF-8, without one after the last.</summary>
    public string Text => TextOf(Kind, Sequence, Hash, AtMs, KeyId, NextKey);

    public static string TextOf(AuditSealKind kind, long sequence, string hash, long atMs, string keyId, string? nextKey) => string.Join(
        '\n',
        "opsdashboard audit 1",
        kind switch
        {
            AuditSealKind.Checkpoint => "checkpoint",
            AuditSealKind.Gap => "gap",
            AuditSealKind.Rotation => "rotation",
        },
        sequence.ToString(CultureInfo.InvariantCulture),
        hash,
        atMs.ToString(CultureInfo.InvariantCulture),
        keyId,
        nextKey ?? "-");

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of a public key.</summary>
    public static string IdOf(ReadOnlySpan<byte> publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey))[..16];
}
