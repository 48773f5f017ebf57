using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Audit.Reading;
using OpsDashboard.Application.Audit.Signing;
using OpsDashboard.Application.Audit.Verification;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Audit;

internal static class AuditRegistration
{
    public static void AddAudit(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuditOptions>().Bind(configuration.GetSection("Audit")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuditOptions>, AuditOptionsValidator>();
        services.AddSingleton<AuditKeyRing>();
        services.AddSingleton<AuditAnchor>();
        services.AddSingleton<IStartupStep, PrepareAudit>();
        services.AddSingleton<AuditSealer>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditSealer>());
        services.AddScoped(provider => new AuditTrail(provider.GetRequiredService<OpsDbContext>()));
        services.AddScoped(provider => new AuditExport(provider.GetRequiredService<OpsDbContext>()));
    }
}
