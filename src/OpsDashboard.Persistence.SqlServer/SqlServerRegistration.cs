using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Telemetry.Intake;

namespace OpsDashboard.Persistence.SqlServer;

/// <summary>What the composition root names when this provider is chosen.</summary>
public static class SqlServerRegistration
{
    public static IServiceCollection AddSqlServerStore(this IServiceCollection services)
    {
        services.AddSingleton<SqlServerStore>();
        services.AddSingleton<IStoreProvider>(provider => provider.GetRequiredService<SqlServerStore>());
        services.AddSingleton<ISampleStore, SqlServerSampleStore>();
        services.AddDbContext<OpsDbContext>((provider, options) => provider.GetRequiredService<IStoreProvider>().Configure(options));
        return services;
    }
}
