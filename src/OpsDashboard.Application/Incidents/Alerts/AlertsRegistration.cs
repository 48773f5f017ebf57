using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Incidents.Alerts.Intake;
using OpsDashboard.Application.Incidents.Alerts.MetricRules;
using OpsDashboard.Application.Incidents.Alerts.Watch;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Status;

namespace OpsDashboard.Application.Incidents.Alerts;

internal static class AlertsRegistration
{
    public static void AddAlerts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AlertsOptions>().Bind(configuration.GetSection("Alerts")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AlertsOptions>, AlertsOptionsValidator>();
        services.AddScoped(provider => new AlertDesk(
            provider.GetRequiredService<OpsDbContext>(),
            provider.GetRequiredService<IncidentDesk>(),
            provider.GetRequiredService<IMediator>(),
            provider.GetRequiredService<MaintenanceToday>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => new AlertRecord(provider.GetRequiredService<OpsDbContext>()));
        services.AddSingleton<IntegrationKeys>();
        services.AddSingleton<IFeedListener>(provider => provider.GetRequiredService<IntegrationKeys>());
        services.AddSingleton<AlertMetrics>();
        services.AddSingleton<FaultNotes>();
        services.AddSingleton<AlertWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<AlertWriter>());
        services.AddScoped<MetricRuleEvaluator>();
        services.AddScoped(provider => new MetricRuleTerms(provider.GetRequiredService<OpsDbContext>()));
        services.AddScoped<HeartbeatWatch>();
        services.AddSingleton<IStartupStep, LoadMetricRules>();
        services.AddSingleton<AlertWatch>(provider => ActivatorUtilities.CreateInstance<AlertWatch>(provider, provider.CreateLease("alerts")));
        services.AddHostedService(provider => provider.GetRequiredService<AlertWatch>());
    }
}
