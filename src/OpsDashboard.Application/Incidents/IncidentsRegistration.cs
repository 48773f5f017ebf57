using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Incidents.Alerts;
using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Incidents.Figures;
using OpsDashboard.Application.Incidents.PostMortems;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Incidents;

internal static class IncidentsRegistration
{
    public static void AddIncidents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IncidentsOptions>().Bind(configuration.GetSection("Incidents")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IncidentsOptions>, IncidentsOptionsValidator>();
        services.AddSingleton<IncidentClocks>();
        services.AddScoped(provider => new IncidentTimeline(provider.GetRequiredService<OpsDbContext>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => new PublicIncidents(provider.GetRequiredService<OpsDbContext>()));
        services.AddScoped(provider => new IncidentSpans(provider.GetRequiredService<OpsDbContext>()));
        services.AddScoped<ActingPerson>();
        services.AddScoped<ITouchSource, IncidentTouches>();
        services.AddScoped<Escalator>();
        services.AddScoped<IncidentEnding>();
        services.AddScoped<IncidentDesk>();
        services.AddScoped<MissedClocks>();
        services.AddScoped<ClockAlerts>();
        services.AddScoped<IncidentChange>();
        services.AddScoped(provider => new IncidentRecord(
            provider.GetRequiredService<OpsDbContext>(),
            provider.GetRequiredService<IncidentDesk>(),
            provider.GetRequiredService<IncidentClocks>()));
        services.AddAlerts(configuration);
        services.AddScoped<PostMortemDesk>();
        services.AddScoped<ITimerListener>(provider => provider.GetRequiredService<PostMortemDesk>());
        services.AddScoped<PathCalls>();
        services.AddScoped<ImpactPaths>();
        services.AddScoped<ITimerListener>(provider => provider.GetRequiredService<ImpactPaths>());
        services.AddScoped<TimerFiring>();
        services.AddScoped(provider => new UnreachedLevels(
            provider.GetRequiredService<IncidentDesk>(),
            provider.GetRequiredService<Escalator>(),
            provider.GetRequiredService<IncidentClocks>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<FigureReporter>();
        services.AddHostedService(provider => provider.GetRequiredService<FigureReporter>());
        services.AddSingleton<EscalationMetrics>();
        services.AddSingleton(provider => new TimerWorker(
            provider.CreateLease("incident-timers"),
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<StartupState>(),
            provider.GetRequiredService<FeedSignal>(),
            provider.GetRequiredService<EscalationMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TimerWorker>>()));
        services.AddHostedService(provider => provider.GetRequiredService<TimerWorker>());
    }
}
