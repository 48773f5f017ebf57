using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Application.Slos.History;
using OpsDashboard.Application.Slos.Import;
using OpsDashboard.Application.Slos.Listing;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Application.Slos.Minutes;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Application.Slos.Series;
using OpsDashboard.Application.Slos.Status;

namespace OpsDashboard.Application.Slos;

internal static class SlosRegistration
{
    public static void AddSlos(this IServiceCollection services)
    {
        services.AddScoped<SloHistoryReader>();
        services.AddScoped<ITouchSource, MaintenanceTouches>();
        services.AddSingleton<RecentHistory>();
        services.AddSingleton<StatusBoard>();
        services.AddSingleton<MaintenanceToday>();
        services.AddSingleton<IFeedListener>(provider => provider.GetRequiredService<MaintenanceToday>());
        services.AddSingleton(provider => provider.CreateLease("evaluator"));
        services.AddScoped<CatalogImport>();
        services.AddScoped(provider => new SloDefinitions(provider.GetRequiredService<OpsDbContext>(), provider.GetRequiredService<SeriesDirectory>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => new RewrittenHistory(provider.GetRequiredService<OpsDbContext>()));
        services.AddScoped(provider => new MaintenanceRecord(provider.GetRequiredService<OpsDbContext>()));
        services.AddScoped(provider => new MaintenanceNow(provider.GetRequiredService<OpsDbContext>()));
        services.AddScoped<MaintenanceWriter>();
        services.AddHostedService<MaintenanceSeriesWorker>();
        services.AddScoped<ImportPlanner>();
        services.AddSingleton<Platform.Startup.IStartupStep, LoadShippedCatalogs>();
        services.AddSingleton<EvaluatorMetrics>();
        services.AddSingleton<StatusWriter>();
        services.AddSingleton<Evaluator>();
        services.AddHostedService<EvaluatorWorker>();
        services.AddSingleton<MonthJudge>();
        services.AddSingleton<Telemetry.Retention.IMinuteHold, MonthHold>();
        services.AddSingleton<MonthCloser>();
        services.AddSingleton<OpenMonths>();
        services.AddHostedService<MonthsWorker>();
        services.AddSingleton(provider => new SloMonths(
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<OpenMonths>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SloMinutes(
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<Catalog.SeriesDirectory>(),
            provider.GetRequiredService<Telemetry.StoredHours>()));
        services.AddSingleton<IFeedListener>(provider => provider.GetRequiredService<StatusBoard>());
    }
}
