using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Dashboards.Development;
using OpsDashboard.Application.Dashboards.Operational;
using OpsDashboard.Application.Dashboards.Reports;

namespace OpsDashboard.Application.Dashboards;

internal static class DashboardsRegistration
{
    public static void AddDashboards(this IServiceCollection services)
    {
        services.AddSingleton<BoardCache>();
        services.AddSingleton<TrendReader>();
        services.AddSingleton<ReportMaker>();
        services.AddHostedService<ReportsWorker>();
    }
}
