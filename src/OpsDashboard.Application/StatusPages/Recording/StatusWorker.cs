using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.StatusPages.Subscriptions;

namespace OpsDashboard.Application.StatusPages.Recording;

/// <summary>
/// In one process among all: records history, begins and ends maintenance on the pages to the second, and hands what subscribers
/// are to be told to the outbox.
/// </summary>
internal sealed class StatusWorker(
    IServiceProvider services,
    IServiceScopeFactory scopes,
    LiveBus bus,
    FeedSignal signal,
    StartupState startup,
    WebhookChallenger challenger,
    TimeProvider time,
    ILogger<StatusWorker> log) : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WhileStandby = TimeSpan.FromSeconds(1);

    private static readonly (string Topic, string Key)[] Subjects =
    [
        (StatusTopics.Topic, StatusSite.All), ("incidents", "all"), ("maintenance", "all"), ("catalog", "all"),
    ];

    private readonly Lease lease = services.CreateLease("status");
    private readonly SemaphoreSlim woken = new(0, 1);

    public override void Dispose()
    {
        woken.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        await using var live = bus.Subscribe(Subjects, Shortest, (_, _) =>
        {
            if (woken.CurrentCount == 0)
            {
                woken.Release();
            }

            return Task.CompletedTask;
        });
        await lease.KeepWhileAsync(WorkAsync, stoppingToken);
    }

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = WhileStandby;
            try
            {
                if (lease.Token is not null)
                {
                    pause = await StepAsync(stoppingToken);
                    await challenger.StepAsync(stoppingToken);
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                StatusLog.StepFailed(log, fault);
            }

            await WaitAsync(pause, stoppingToken);
        }
    }

    private async Task WaitAsync(TimeSpan pause, CancellationToken stoppingToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var waited = woken.WaitAsync(timer.Token);
        await Task.WhenAny(waited, Task.Delay(pause, time, timer.Token));
        await timer.CancelAsync();
        await waited.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <returns>How long until the next step.</returns>
    private async Task<TimeSpan> StepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var recorder = scope.ServiceProvider.GetRequiredService<StatusRecorder>();
        var herald = scope.ServiceProvider.GetRequiredService<MaintenanceHerald>();
        var fanOut = scope.ServiceProvider.GetRequiredService<NoticeFanOut>();
        var now = time.NowMs();
        var pause = Longest;
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await lease.FenceAsync(db, cancellationToken))
            {
                pause = WhileStandby;
                return;
            }

            var edge = await recorder.StepAsync(now, cancellationToken);
            await herald.StepAsync(now, cancellationToken);
            var more = await fanOut.StepAsync(now, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            pause = more ? Shortest : edge is { } at ? TimeSpan.FromMilliseconds(Math.Clamp(at - now, Shortest.TotalMilliseconds, Longest.TotalMilliseconds)) : Longest;
        });
        signal.Nudge();
        return pause;
    }
}
