using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Identity;
using OpsDashboard.Application.Identity;
using OpsDashboard.Application.Identity.Links;
using OpsDashboard.Application.Platform.Outbound;
using OpsDashboard.Web.Hosting;

namespace OpsDashboard.Web.Accounts;

/// <summary>What signing in needs of the host.</summary>
internal static class AccountSetup
{
    public static void AddAccountPages(this IServiceCollection services)
    {
        services.AddSingleton<IAccountSeal, AccountSeal>();
        services.AddHostedService<SetUpAnnouncer>();
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddSingleton<PasskeyState>();
        services.AddScoped<Verifier>();
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            // With the person verified at the device a passkey is two factors in one.
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
            passkeys.AuthenticatorTimeout = TimeSpan.FromMinutes(5);
        });
    }

    public static void MapAccounts(this WebApplication app)
    {
        app.MapSignIn();
        app.MapLinks();
        app.MapPasskeys();
        app.MapOwnAccount();
    }
}

/// <summary>Seals with the keys of the data directory.</summary>
internal sealed class AccountSeal(IDataProtectionProvider protection) : IAccountSeal
{
    private readonly IDataProtector protector = protection.CreateProtector("OpsDashboard.Accounts");

    public string Seal(string text) => protector.Protect(text);

    public string? Open(string text)
    {
        try
        {
            return protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>Tells the one-time set-up link, once the address is known. Whoever reads the log may make themselves administrator: that is its purpose.</summary>
internal sealed partial class SetUpAnnouncer(SetUpOffer offer, PublicAddress address, IServer server, IHostApplicationLifetime lifetime, ILogger<SetUpAnnouncer> log) : IHostedService
{
    private CancellationTokenRegistration started;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        started = lifetime.ApplicationStarted.Register(() =>
        {
            if (offer.Token is { } token)
            {
                address.Listening(ListenAddress.First(server));
                Offered(log, address.Link($"/set-up/{token}"));
            }
        });
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await started.DisposeAsync();

    [LoggerMessage(2860, LogLevel.Warning, "There is no administrator yet. This link makes one; it works once: {Link}")]
    private static partial void Offered(ILogger logger, string link);
}
