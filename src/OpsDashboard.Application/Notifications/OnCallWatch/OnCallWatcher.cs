using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Notifications.OnCallWatch;

/// <summary>Sends hand-over summaries when turns change, and once an hour tells what of the next 14 days is not covered. One node at a time.</summary>
internal sealed class OnCallWatcher(Lease lease, IServiceScopeFactory scopes, StartupState startup, FeedSignal signal, TimeProvider time, ILogger<OnCallWatcher> log) : BackgroundService
{
    public static readonly TimeSpan FindEvery = TimeSpan.FromHours(1);
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);

    /// <summary>A lease that is renewed more seldom counts as abandoned.</summary>
    private static readonly TimeSpan HoldEvery = TimeSpan.FromSeconds(4);

    private long? looked;
    private long? found;

    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (!await lease.HoldAsync(cancellationToken))
        {
            return;
        }

        if (looked is not { } before || time.GetElapsedTime(before) >= LookEvery)
        {
            looked = time.GetTimestamp();
            await WithinAsync(round => round.IsHandoverDueAsync(cancellationToken), round => round.HandOverAsync(cancellationToken), cancellationToken);
        }

        if (found is not { } last || time.GetElapsedTime(last) >= FindEvery)
        {
            found = time.GetTimestamp();
            await WithinAsync(_ => Task.FromResult(true), round => round.FindAsync(cancellationToken), cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                NotificationsLog.WatchFailed(log, fault);
            }

            await Task.Delay(HoldEvery, time, stoppingToken);
        }
    }

    /// <param name="isDue">Asked without a transaction, so that a quiet look locks nothing.</param>
    private async Task WithinAsync(Func<OnCallRound, Task<bool>> isDue, Func<OnCallRound, Task> work, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = Caller.System;
        if (!await isDue(scope.ServiceProvider.GetRequiredService<OnCallRound>()))
        {
            return;
        }

        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (await lease.FenceAsync(db, cancellationToken))
            {
                await work(scope.ServiceProvider.GetRequiredService<OnCallRound>());
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        });
        signal.Nudge();
    }
}
