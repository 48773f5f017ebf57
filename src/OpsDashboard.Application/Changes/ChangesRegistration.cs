using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Changes.Hooks;
using OpsDashboard.Application.Changes.Rollback;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Changes;

internal static class ChangesRegistration
{
    public static void AddChanges(this IServiceCollection services)
    {
        services.AddScoped(provider => new DeploymentRecord(provider.GetRequiredService<OpsDbContext>()));
        services.AddScoped(provider => new ChangeHooks(provider.GetRequiredService<OpsDbContext>()));
        services.AddScoped<DeploymentDesk>();
        services.AddScoped<SoakReader>();
        services.AddHostedService<SoakWorker>();
    }
}
