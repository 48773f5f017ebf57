using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OpsDashboard.Application.Identity;

/// <summary>Secrets that are told once and kept as hashes: 256 random bits need no salt.</summary>
internal static class Secrets
{
    private const int Bytes = 32;

    /// <summary>No letter that is read as another one.</summary>
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Two groups of five letters: 49 bits, guessed against a lockout.</summary>
    public static string NewRecoveryCode() => $"{RandomNumberGenerator.GetString(Letters, 5)}-{RandomNumberGenerator.GetString(Letters, 5)}";

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static string HashRecoveryCode(string code) =>
        Hash(string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant());
}

/// <summary>Encrypts what must be read back, such as the secret of an authenticator app; the host holds the keys.</summary>
public interface IAccountSeal
{
    string Seal(string text);

    /// <returns>Null: sealed with keys that are gone.</returns>
    string? Open(string text);
}
