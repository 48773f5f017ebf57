using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Contacts;

/// <summary>Six digits that show that a message reaches its person. Six tries of a million, within a quarter of an hour.</summary>
internal static class VerificationCode
{
    public const int Length = 6;
    public const int MostTries = 6;
    public const long ValidMs = 15 * Instants.MinuteMs;

    /// <summary>Until another code may be sent: nobody's mailbox is to be filled from here.</summary>
    public const long PauseMs = Instants.MinuteMs;

    public static string Create() => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    public static string Hash(int contactId, string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{contactId}:{code}"))));

    public static bool IsOpen(ContactMethodRow row, long nowMs) =>
        row.CodeHash is not null && row.CodeSentAtMs is { } sent && nowMs < sent + ValidMs && row.CodeTries < MostTries;

    public static bool Matches(ContactMethodRow row, string code) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(row.CodeHash!), Encoding.ASCII.GetBytes(Hash(row.Id, code)));
}
