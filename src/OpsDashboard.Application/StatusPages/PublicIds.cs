using System.Security.Cryptography;

namespace OpsDashboard.Application.StatusPages;

/// <summary>Ids of the shape Statuspage clients know: twelve small letters and digits.</summary>
internal static class PublicIds
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789";

    public static string New() => RandomNumberGenerator.GetString(Letters, 12);
}
