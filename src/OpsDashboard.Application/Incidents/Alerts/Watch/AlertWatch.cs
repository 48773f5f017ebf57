using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Incidents.Alerts.Intake;
using OpsDashboard.Application.Incidents.Alerts.MetricRules;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Incidents.Alerts.Watch;

/// <summary>What time itself does to alerts: heartbeats are missed, silences end, rules are judged. One process among all does it.</summary>
internal sealed class AlertWatch(
    IServiceScopeFactory scopes,
    Lease lease,
    StartupState startup,
    FeedSignal signal,
    TimeProvider time,
    IOptions<AlertsOptions> options,
    ILogger<AlertWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan JudgeEvery = TimeSpan.FromSeconds(15);

    /// <summary>Ended firings are remembered for as long as a late message may still speak of them.</summary>
    private const long RememberMs = 7 * Instants.DayMs;

    private long listeningSince;
    private long? judgedAt;
    private long? prunedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        listeningSince = time.GetTimestamp();
        await lease.KeepWhileAsync(WatchAsync, stoppingToken);
    }

    private async Task WatchAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (lease.Token is not null)
                {
                    await StepAsync(time.NowMs(), stoppingToken);
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                AlertLog.WatchFailed(log, fault);
            }

            await Task.Delay(Every, time, stoppingToken);
        }
    }

    /// <returns>Whether this process is the one that watches.</returns>
    internal Task<bool> LeadAsync(CancellationToken cancellationToken) => lease.HoldAsync(cancellationToken);

    /// <summary>One look at everything that is due.</summary>
    internal async Task StepAsync(long nowMs, CancellationToken cancellationToken)
    {
        if (await IsDueAsync(nowMs, cancellationToken))
        {
            await FencedAsync(
                async services =>
                {
                    await services.GetRequiredService<HeartbeatWatch>().CheckAsync(nowMs, cancellationToken);
                    if (await services.GetRequiredService<AlertDesk>().ReviewMutesAsync(nowMs, cancellationToken) > 0)
                    {
                        await services.GetRequiredService<AlertDesk>().AnnounceAsync(nowMs, cancellationToken);
                    }
                },
                cancellationToken);
        }

        if (options.Value.MetricRules && (judgedAt is not { } judged || time.GetElapsedTime(judged) >= JudgeEvery))
        {
            judgedAt = time.GetTimestamp();
            await JudgeAsync(nowMs, cancellationToken);
        }

        if (prunedAt is not { } pruned || time.GetElapsedTime(pruned) >= TimeSpan.FromHours(1))
        {
            prunedAt = time.GetTimestamp();
            await PruneAsync(nowMs, cancellationToken);
        }
    }

    private async Task JudgeAsync(long nowMs, CancellationToken cancellationToken)
    {
        IReadOnlyList<MetricChange> changes;
        await using (var scope = scopes.CreateAsyncScope())
        {
            changes = await scope.ServiceProvider.GetRequiredService<MetricRuleEvaluator>().JudgeAsync(nowMs, time.GetElapsedTime(listeningSince), cancellationToken);
        }

        if (changes.Count > 0)
        {
            await FencedAsync(services => services.GetRequiredService<MetricRuleEvaluator>().ApplyAsync(changes, nowMs, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Without a transaction: most seconds nothing is due.</summary>
    private async Task<bool> IsDueAsync(long nowMs, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        return await db.Set<HeartbeatRow>().AnyAsync(row => row.DueAtMs <= nowMs && !row.Alarmed, cancellationToken)
            || await scope.ServiceProvider.GetRequiredService<AlertDesk>().AnyMuteChangedAsync(nowMs, cancellationToken);
    }

    private async Task PruneAsync(long nowMs, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        await db.Set<AlertOccurrenceRow>()
            .Where(row => row.AlertId == null && row.EndSeenAtMs < nowMs - RememberMs)
            .ExecuteDeleteAsync(cancellationToken);
    }

    private async Task FencedAsync(Func<IServiceProvider, Task> work, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await lease.FenceAsync(db, cancellationToken))
            {
                return;
            }

            await work(scope.ServiceProvider);
            await transaction.CommitAsync(cancellationToken);
        });
        signal.Nudge();
    }
}
