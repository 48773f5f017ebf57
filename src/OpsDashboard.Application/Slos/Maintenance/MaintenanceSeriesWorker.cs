using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Slos.Maintenance;

/// <summary>Keeps the windows of all series written ahead. Every node may do it: the mark in a series lets only one succeed.</summary>
internal sealed partial class MaintenanceSeriesWorker(
    IServiceScopeFactory scopes,
    StartupState startup,
    FeedSignal signal,
    TimeProvider time,
    ILogger<MaintenanceSeriesWorker> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StepAsync(stoppingToken);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another node wrote them in the same moment.
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                StepFailed(log, fault);
            }

            await Task.Delay(Every, time, stoppingToken);
        }
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var writer = scope.ServiceProvider.GetRequiredService<MaintenanceWriter>();
        var added = await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var written = await writer.WriteAllAsync(time.NowMs(), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return written;
        });
        if (added > 0)
        {
            signal.Nudge();
        }
    }

    [LoggerMessage(2310, LogLevel.Warning, "Recurring maintenance could not be written ahead; trying again")]
    private static partial void StepFailed(ILogger logger, Exception fault);
}
