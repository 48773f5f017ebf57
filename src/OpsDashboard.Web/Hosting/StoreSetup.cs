using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Web.Hosting;

/// <summary>Tells the store where its data lies, and lets readiness wait for it.</summary>
internal static class StoreSetup
{
    public static void AddStoreSettings(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<StoreOptions>()
            .Configure<IOptions<DataDirectoryOptions>>((store, directory) => store.DataDirectory = directory.Value.DataDirectory);
        builder.Services.AddHealthChecks()
            .AddCheck<StoreHealth>("store", tags: [Health.ReadyTag])
            .AddCheck<CatalogHealth>("catalogs", tags: [Health.ReadyTag])
            .AddCheck<StatusHealth>("statuses", tags: [Health.ReadyTag]);
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

    private sealed class StatusHealth(StartupState state) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(state.AreStatusesComplete ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Statuses are being computed."));
    }
}
