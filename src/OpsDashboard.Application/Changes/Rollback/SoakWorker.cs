using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Changes.Rollback;

/// <summary>Looks every fifteen seconds. Every node may: a deployment has one decision, and the second to write it finds it there.</summary>
internal sealed partial class SoakWorker(IServiceScopeFactory scopes, IStoreProvider provider, StartupState startup, TimeProvider time, ILogger<SoakWorker> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, time, stoppingToken);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<CallerContext>().Current = Caller.System;
                await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(new WatchSoaks(), stoppingToken);
            }
            catch (DbUpdateException fault) when (provider.IsDuplicateKey(fault))
            {
                DecidedElsewhere(log);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                WatchFailed(log, fault);
            }
        }
    }

    [LoggerMessage(2800, LogLevel.Information, "A rollback was decided on by another process")]
    private static partial void DecidedElsewhere(ILogger logger);

    [LoggerMessage(2801, LogLevel.Error, "Deployments could not be watched; trying again")]
    private static partial void WatchFailed(ILogger logger, Exception fault);
}
