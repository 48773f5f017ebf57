using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Telemetry.Intake;

namespace OpsDashboard.Application.Telemetry;

internal static class TelemetryRegistration
{
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IntakeOptions>().Bind(configuration.GetSection("Intake")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IntakeOptions>, IntakeOptionsValidator>();
        services.AddSingleton<Platform.Startup.IStartupStep, LoadIntakeKey>();
        services.AddSingleton<StoredHours>();
        services.AddSingleton<SeriesQuotas>();
        services.AddSingleton<IntakeMetrics>();
        services.AddSingleton<IntakeWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<IntakeWriter>());
    }
}
