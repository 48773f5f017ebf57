using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.OnCall.History;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.OnCall.Policies;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.OnCall;

internal static class OnCallRegistration
{
    public static void AddOnCall(this IServiceCollection services)
    {
        services.AddScoped(provider => new OnCallRoster(provider.GetRequiredService<OpsDbContext>()));
        services.AddScoped(provider => new OnCallRecord(provider.GetRequiredService<OpsDbContext>()));
        services.AddSingleton(provider => new PeopleDirectory(
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<IStoreProvider>(),
            provider.GetRequiredService<ILogger<PeopleDirectory>>()));
        services.AddSingleton<IFeedListener>(provider => provider.GetRequiredService<PeopleDirectory>());
        services.AddSingleton<IStartupStep, LoadShippedPolicies>();
    }
}
