using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.StatusPages.Recording;
using OpsDashboard.Application.StatusPages.Subscriptions;

namespace OpsDashboard.Application.StatusPages;

internal static class StatusPagesRegistration
{
    public static void AddStatusPages(this IServiceCollection services)
    {
        services.AddSingleton<PlatformTitles>();
        services.AddSingleton<UptimeFigures>();
        services.AddSingleton<WebhookChallenger>();
        services.AddScoped<PublishedIncidents>();
        services.AddScoped<StatusSources>();
        services.AddScoped<StatusRecorder>();
        services.AddScoped<StatusNotices>();
        services.AddScoped(provider => new StatusRecord(provider.GetRequiredService<Platform.Store.OpsDbContext>(), provider.GetRequiredService<StatusRecorder>()));
        services.AddScoped<NoticeFanOut>();
        services.AddScoped<MaintenanceHerald>();
        services.AddHostedService<StatusWorker>();
    }
}
