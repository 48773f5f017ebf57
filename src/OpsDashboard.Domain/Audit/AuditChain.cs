using System.Security.Cryptography;
using System.Text;

namespace OpsDashboard.Domain.Audit;

/// <summary>An entry in its place.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Body">As <see cref="AuditBody"/> wrote it.</param>
/// <param name="Hash">64 lower-case hexadecimal digits.</param>
public readonly record struct AuditLink(long Sequence, string Body, string Hash);

/// <summary>Each entry's hash covers the one before it, so none can be changed, left out or moved without changing all that follow.</summary>
public static class AuditChain
{
    /// <summary>What the first entry follows.</summary>
    public static string Origin { get; } = new('0', 64);

    /// <summary>SHA-256 over the previous hash in hexadecimal, a line feed, and the body.</summary>
    public static string Hash(string previous, string body)
    {
        var length = Encoding.UTF8.GetByteCount(body);
        var bytes = new byte[previous.Length + 1 + length];
        Encoding.ASCII.GetBytes(previous, bytes);
        bytes[previous.Length] = (byte)'\n';
        Encoding.UTF8.GetBytes(body, bytes.AsSpan(previous.Length + 1));
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
