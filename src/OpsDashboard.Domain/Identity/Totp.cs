using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpsDashboard.Domain.Identity;

/// <summary>Time-based one-time passwords (RFC 6238): six digits, 30 s, HMAC-SHA-1, which is what every authenticator app speaks.</summary>
public static class Totp
{
    public const int StepSeconds = 30;
    public const int Digits = 6;

    /// <summary>Bytes of a secret; RFC 4226 asks for 20.</summary>
    public const int SecretBytes = 20;

    /// <summary>Steps a clock may be off, either way.</summary>
    public const int Tolerance = 1;

    private const int Modulus = 1_000_000;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long StepAt(long unixMs) => Math.DivRem(unixMs, StepSeconds * 1000L, out _);

    public static string CodeAt(ReadOnlySpan<byte> secret, long step) =>
        (Truncated(secret, step) % Modulus).ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>Finds the step a code belongs to. A step that was used, and any before it, does not count again.</summary>
    /// <param name="lastStep">The step of the code used last; 0: none was.</param>
    /// <returns>Null: not a code of now.</returns>
    public static long? Verify(ReadOnlySpan<byte> secret, string code, long unixMs, long lastStep)
    {
        var typed = Encoding.UTF8.GetBytes(Plain(code));
        long? found = null;
        var now = StepAt(unixMs);
        for (var step = now - Tolerance; step <= now + Tolerance; step++)
        {
            var right = CryptographicOperations.FixedTimeEquals(typed, Encoding.UTF8.GetBytes(CodeAt(secret, step)));
            found = right && step > lastStep ? step : found;
        }

        return found;
    }

    /// <summary>What an authenticator app reads from the QR code.</summary>
    public static string Uri(string issuer, string account, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(account)}?secret={ToBase32(secret)}&issuer={System.Uri.EscapeDataString(issuer)}&digits={Digits}&period={StepSeconds}";

    /// <summary>Base 32 of RFC 4648 without padding.</summary>
    public static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(Base32[(buffer >> (bits - 5)) & 31]);
            }

            buffer &= (1 << bits) - 1;
        }

        return (bits > 0 ? text.Append(Base32[(buffer << (5 - bits)) & 31]) : text).ToString();
    }

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238's default, and the only one all authenticator apps know; HMAC does not need collision resistance.")]
    private static int Truncated(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);
        return BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
    }

    private static string Plain(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit));
}
