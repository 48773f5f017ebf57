using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OpsDashboard.Application.StatusPages.Subscriptions;

namespace OpsDashboard.Web.StatusPages;

/// <summary>Seals with the keys of the data directory.</summary>
internal sealed class SubscriberSeal(IDataProtectionProvider protection) : ISubscriberSeal
{
    private readonly IDataProtector protector = protection.CreateProtector("OpsDashboard.StatusPages.Subscribers");

    public string Seal(string token) => protector.Protect(token);

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
