using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Telemetry.Intake;

namespace OpsDashboard.Persistence.Sqlite;

/// <summary>What the composition root names when this provider is chosen.</summary>
public static class SqliteRegistration
{
    public static IServiceCollection AddSqliteStore(this IServiceCollection services)
    {
        services.AddSingleton<SqliteStore>();
        services.AddSingleton<IStoreProvider>(provider => provider.GetRequiredService<SqliteStore>());
        services.AddSingleton<ISampleStore, SqliteSampleStore>();
        services.AddDbContext<OpsDbContext>((provider, options) => provider.GetRequiredService<IStoreProvider>().Configure(options));
        return services;
    }
}
