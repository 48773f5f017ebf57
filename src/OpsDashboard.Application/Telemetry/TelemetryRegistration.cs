using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Telemetry.Intake;
using OpsDashboard.Application.Telemetry.Probes;
using OpsDashboard.Application.Telemetry.Prometheus;
using OpsDashboard.Application.Telemetry.Retention;

namespace OpsDashboard.Application.Telemetry;

internal static class TelemetryRegistration
{
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddPrometheus(configuration);
        services.AddProbes(configuration);
        services.AddOptions<IntakeOptions>().Bind(configuration.GetSection("Intake")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IntakeOptions>, IntakeOptionsValidator>();
        services.AddSingleton<Platform.Startup.IStartupStep, LoadIntakeKey>();
        services.AddSingleton<StoredHours>();
        services.AddSingleton(provider => new HistoryWriter(provider.GetRequiredService<ISampleStore>()));
        services.AddScoped(provider => new HistoryEraser(provider.GetRequiredService<Platform.Store.OpsDbContext>()));
        services.AddSingleton<SeriesQuotas>();
        services.AddOptions<RetentionOptions>().Bind(configuration.GetSection("Retention")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>();
        services.AddSingleton<Retention.Retention>();
        services.AddHostedService<RetentionWorker>();
        services.AddSingleton<IntakeMetrics>();
        services.AddSingleton<Self.RequestMeter>();
        services.AddSingleton<Self.AcknowledgedBatches>();
        services.AddHostedService<Self.SelfReporter>();
        services.AddSingleton<IntakeWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<IntakeWriter>());
    }

    private static void AddPrometheus(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PrometheusOptions>().Bind(configuration.GetSection("Prometheus")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PrometheusOptions>, PrometheusOptionsValidator>();
        services.AddSingleton<SourceMetrics>();
        services.AddSingleton<SourceSecrets>();
        services.AddSingleton<PollLedger>();
        services.AddSingleton<PollerParts>();
        services.AddSingleton<PrometheusSupervisor>();
        services.AddSingleton<IFeedListener>(provider => provider.GetRequiredService<PrometheusSupervisor>());
        services.AddHostedService(provider => provider.GetRequiredService<PrometheusSupervisor>());
    }

    private static void AddProbes(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ProbesOptions>().Bind(configuration.GetSection("Probes")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProbesOptions>, ProbesOptionsValidator>();
        services.AddSingleton<ProbeRunner>();
        services.AddSingleton<ProbeRecorder>();
        services.AddSingleton<ProbeScheduler>();
        services.AddSingleton<IFeedListener>(provider => provider.GetRequiredService<ProbeScheduler>());
        services.AddHostedService(provider => provider.GetRequiredService<ProbeScheduler>());
    }
}
