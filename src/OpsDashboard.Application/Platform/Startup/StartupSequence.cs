using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Platform.Startup;

/// <summary>Opens or migrates the store and runs the steps of the features before any worker or listener starts.</summary>
internal sealed class StartupSequence(
    IServiceScopeFactory scopes,
    IStoreProvider provider,
    IEnumerable<IStartupStep> steps,
    StartupState state) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var scope = scopes.CreateAsyncScope())
        {
            await provider.PrepareAsync(scope.ServiceProvider.GetRequiredService<OpsDbContext>(), cancellationToken);
        }

        state.StoreIsReady();
        foreach (var step in steps.OrderBy(step => step.Order))
        {
            await step.RunAsync(cancellationToken);
        }

        state.CatalogsAreLoaded();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
