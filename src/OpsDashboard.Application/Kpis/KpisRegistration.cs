using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Kpis.Computation;
using OpsDashboard.Application.Kpis.Definitions;
using OpsDashboard.Application.Kpis.Entry;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Kpis;

internal static class KpisRegistration
{
    public static void AddKpis(this IServiceCollection services)
    {
        services.AddSingleton<IStartupStep, LoadShippedKpis>();
        services.AddSingleton<KpiComputer>();
        services.AddSingleton<KpiImports>();
        services.AddScoped<KpiDesk>();
        services.AddScoped<ITouchSource, KpiTouches>();
        services.AddScoped<CsvClaims>();
        services.AddScoped(provider => new KpiRecord(provider.GetRequiredService<OpsDbContext>()));
        services.AddScoped(provider => new KpiMonths(provider.GetRequiredService<OpsDbContext>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<KpisWorker>();
    }
}
