using System.Security.Cryptography;
using System.Text;

namespace OpsDashboard.Application.StatusPages.Subscriptions;

/// <summary>Tokens of subscribers: 256 random bits, found by their hash. One that must be sent again and again is sealed beside it.</summary>
internal static class SubscriptionTokens
{
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>Seals what a notice must carry again and again, with keys that do not lie in the store. The host has them.</summary>
public interface ISubscriberSeal
{
    string Seal(string token);

    /// <returns>Null when the keys that sealed it are gone.</returns>
    string? Open(string sealedToken);
}
