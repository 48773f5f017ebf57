using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Identity.Links;
using OpsDashboard.Application.Identity.Own;
using OpsDashboard.Application.Identity.Passwords;
using OpsDashboard.Application.Identity.People;
using OpsDashboard.Application.Identity.Sessions;
using OpsDashboard.Application.Identity.SigningIn;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Identity;

internal static class IdentityRegistration
{
    /// <summary>PBKDF2 with HMAC-SHA-512; OWASP's figure of 2023.</summary>
    private const int HashIterations = 210_000;

    public static void AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccountOptions>().Bind(configuration.GetSection("Accounts")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccountOptions>, AccountOptionsValidator>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = HashIterations);
        services.AddIdentityCore<Account>(identity =>
        {
            identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            identity.User.RequireUniqueEmail = true;
            identity.Password.RequiredLength = PasswordRules.MinLength;
        }).AddUserStore<AccountStore>();
        services.AddScoped<AccountBook>();
        services.AddScoped<AccountDesk>();
        services.AddScoped<OwnDesk>();
        services.AddScoped<OneTimeLinks>();
        services.AddScoped<LinkMaker>();
        services.AddScoped<SignInDesk>();
        services.AddSingleton<SetUpOffer>();
        services.AddSingleton<IStartupStep, OfferSetUp>();
        services.AddSingleton(provider => new SignedInDirectory(
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<IStoreProvider>(),
            provider.GetRequiredService<IOptions<AccountOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SignedInDirectory>>()));
        services.AddSingleton<IFeedListener>(provider => provider.GetRequiredService<SignedInDirectory>());
    }
}
