using System.Security.Cryptography;
using System.Text;
using OpsDashboard.Domain.Audit;

namespace OpsDashboard.Application.Audit.Signing;

/// <summary>A signing key. Its private half never leaves this object but into a file of its own.</summary>
internal sealed class AuditKey
{
    private readonly byte[] seed;

    private AuditKey(byte[] seed)
    {
        this.seed = seed;
        PublicKey = Ed25519.PublicKeyOf(seed);
        Id = AuditSeal.IdOf(PublicKey);
    }

    public byte[] PublicKey { get; }

    public string Id { get; }

    public static AuditKey New() => new(RandomNumberGenerator.GetBytes(Ed25519.SeedLength));

    public static bool TryParse(string text, out AuditKey? key)
    {
        var bytes = new byte[Ed25519.SeedLength];
        key = Convert.TryFromBase64String(text.Trim(), bytes, out var length) && length == bytes.Length ? new AuditKey(bytes) : null;
        return key is not null;
    }

    /// <exception cref="InvalidDataException">The file holds no key.</exception>
    public static AuditKey Read(string path) =>
        TryParse(File.ReadAllText(path), out var key) ? key! : throw new InvalidDataException($"{path} must hold 32 bytes in base64.");

    /// <summary>Writes a new file that only its owner may read; an existing one is never overwritten.</summary>
    public void Write(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(seed)));
        file.Flush(flushToDisk: true);
    }

    public AuditSeal Seal(AuditSealKind kind, long sequence, string hash, long atMs, string? nextKey = null)
    {
        var text = AuditSeal.TextOf(kind, sequence, hash, atMs, Id, nextKey);
        return new AuditSeal(kind, sequence, hash, atMs, Id, nextKey, Convert.ToBase64String(Ed25519.Sign(seed, Encoding.UTF8.GetBytes(text))));
    }
}
