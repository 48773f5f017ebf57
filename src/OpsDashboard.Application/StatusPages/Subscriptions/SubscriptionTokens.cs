using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace OpsDashboard.Application.StatusPages.Subscriptions;

/// <summary>Tokens of subscribers: 256 random bits, found by their hash. One that must be sent again and again is sealed beside it.</summary>
internal sealed class SubscriptionTokens(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("OpsDashboard.StatusPages.Subscribers");

    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public string Seal(string token) => protector.Protect(token);

    /// <returns>Null when the keys that sealed it are gone.</returns>
    public string? Open(string sealedToken)
    {
        try
        {
            return protector.Unprotect(sealedToken);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
