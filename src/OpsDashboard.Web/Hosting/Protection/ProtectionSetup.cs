using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Protection;

namespace OpsDashboard.Web.Hosting.Protection;

/// <summary>
/// Keys that protect cookies, links and sealed fields: kept in the store, so that all nodes have the same. Section <c>Protection</c>:
/// <c>CertificateFile</c> (PKCS #12) wraps them, with <c>CertificatePasswordFile</c>; <c>PreviousCertificateFile</c> and
/// <c>PreviousCertificatePasswordFile</c> open what an older certificate has wrapped.
/// </summary>
internal static class ProtectionSetup
{
    public static void AddProtection(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var settings = builder.Configuration.GetSection("Protection");
        var protection = services.AddDataProtection().SetApplicationName("OpsDashboard");
        var current = Load(settings, "CertificateFile", "CertificatePasswordFile");
        var previous = Load(settings, "PreviousCertificateFile", "PreviousCertificatePasswordFile");
        if (current is not null)
        {
            protection.ProtectKeysWithCertificate(current);
        }

        if (current is not null || previous is not null)
        {
            protection.UnprotectKeysWithAnyCertificate([.. new[] { current, previous }.OfType<X509Certificate2>()]);
        }

        services.AddSingleton<KeysInStore>();
        services.AddOptions<KeyManagementOptions>().Configure<KeysInStore>((keys, store) => keys.XmlRepository = store);
        services.AddSingleton<IFieldSeal, FieldSeal>();
    }

    /// <summary>Called last: the framework's parts each add a service that asks for the keys before the store is there.</summary>
    public static void WithoutEarlyKeys(this IServiceCollection services)
    {
        foreach (var early in services.Where(service => service.ImplementationType?.Name == "DataProtectionHostedService").ToList())
        {
            services.Remove(early);
        }
    }

    private static X509Certificate2? Load(IConfigurationSection settings, string file, string passwordFile)
    {
        if (settings[file] is not { Length: > 0 } path)
        {
            return null;
        }

        try
        {
            var password = settings[passwordFile] is { Length: > 0 } secret ? File.ReadAllText(secret).TrimEnd('\r', '\n') : null;
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return certificate.HasPrivateKey ? certificate : throw new StartFaultException($"Protection:{file}: {path} has no private key.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartFaultException($"Protection:{file}: {path} cannot be read ({fault.Message.TrimEnd('.')}).");
        }
    }
}
