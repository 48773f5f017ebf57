using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Persistence.Sqlite;
using OpsDashboard.Persistence.SqlServer;

namespace OpsDashboard.Web.Hosting;

/// <summary>Chooses the store, and lets readiness wait for it.</summary>
internal static class StoreSetup
{
    public static void AddStore(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<StoreOptions>()
            .Configure<IOptions<DataDirectoryOptions>>((store, directory) => store.DataDirectory = directory.Value.DataDirectory);
        switch (builder.Configuration["Database:Provider"])
        {
            case null or "" or nameof(StoreProviderKind.Sqlite):
                builder.Services.AddSqliteStore();
                break;
            case nameof(StoreProviderKind.SqlServer):
                builder.Services.AddSqlServerStore();
                break;
            default:
                throw new StartFaultException("Database:Provider must be Sqlite or SqlServer.");
        }

        builder.Services.AddHealthChecks()
            .AddCheck<StoreHealth>("store", tags: [Health.ReadyTag])
            .AddCheck<CatalogHealth>("catalogs", tags: [Health.ReadyTag]);
    }

    private sealed class StoreHealth(IStoreProbe probe) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            await probe.IsReachableAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The store does not answer.");
    }

    private sealed class CatalogHealth(StartupState state) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(state.AreCatalogsLoaded ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Catalogs are being loaded."));
    }
}
