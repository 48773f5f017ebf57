using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Keys.Limits;
using OpsDashboard.Application.Keys.Watch;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Keys;

internal static class KeysRegistration
{
    public static void AddKeys(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KeysOptions>().Bind(configuration.GetSection("Keys")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeysOptions>, KeysOptionsValidator>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<IFeedListener>(provider => provider.GetRequiredService<ApiKeys>());
        services.AddSingleton<TierLimiter>();
        services.AddSingleton<KeyLedger>();
        services.AddHostedService<KeyUseWriter>();
        services.AddSingleton<KeyExpiryWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyExpiryWatch>());
        services.AddScoped<KeyMint>();
        services.AddScoped(provider => new KeyAges(provider.GetRequiredService<OpsDbContext>()));
    }
}
