using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace OpsDashboard.Domain.Keys;

/// <summary>
/// A key as programs send it: <c>ops_</c>, ten characters that name it, and 52 that prove it (260 bits from the system's generator),
/// with seven of checksum at the end. The prefix lets secret scanners find a key that leaked; the checksum tells a mistyped key from a
/// wrong one without asking the store.
/// </summary>
public sealed partial record ApiKeyText
{
    public const string Prefix = "ops_";
    public const int IdLength = 10;

    // Crockford's base 32: no letter that is mistaken for a digit, and a double click selects it all.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int SecretLength = 52;
    private const int ChecksumLength = 7;

    private static readonly int FullLength = Prefix.Length + IdLength + 1 + SecretLength + ChecksumLength;

    private ApiKeyText(string id, string full) => (Id, Full) = (id, full);

    /// <summary>Names the key in lists, logs and the audit trail; proves nothing.</summary>
    public string Id { get; }

    public string Full { get; }

    /// <summary>SHA-256 of the whole key, hexadecimal. The secret is random and long, so that a slow hash would protect nothing more.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Full)));

    public static ApiKeyText Create()
    {
        var id = RandomNumberGenerator.GetString(Alphabet, IdLength);
        var body = $"{Prefix}{id}_{RandomNumberGenerator.GetString(Alphabet, SecretLength)}";
        return new ApiKeyText(id, body + Checksum(body));
    }

    /// <returns>False for what was never a key: another form, or a checksum that does not agree.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out ApiKeyText? key)
    {
        key = text.Length == FullLength && Form().IsMatch(text) && text.AsSpan(text.Length - ChecksumLength).SequenceEqual(Checksum(text[..^ChecksumLength]))
            ? new ApiKeyText(text.Substring(Prefix.Length, IdLength), text)
            : null;
        return key is not null;
    }

    /// <summary>The first key within a longer text, such as an address.</summary>
    public static ApiKeyText? FindIn(string text)
    {
        foreach (var match in Form().EnumerateMatches(text))
        {
            if (TryParse(text.Substring(match.Index, match.Length), out var key))
            {
                return key;
            }
        }

        return null;
    }

    public override string ToString() => $"{Prefix}{Id}_…";

    private static string Checksum(string body)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(body));
        return string.Create(ChecksumLength, hash, static (letters, bytes) =>
        {
            for (var at = 0; at < letters.Length; at++)
            {
                letters[at] = Alphabet[bytes[at] & 31];
            }
        });
    }

    [GeneratedRegex(@"ops_[0-9a-hjkmnp-tv-z]{10}_[0-9a-hjkmnp-tv-z]{59}(?![0-9a-zA-Z_])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Form();
}
