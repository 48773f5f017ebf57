using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;

namespace OpsDashboard.Application.Notifications.Delivery;

/// <summary>Sends what the outbox holds. Every process does; a claim decides who sends which message.</summary>
internal sealed class DeliveryWorker(
    OutboxClaims claims,
    Dispatch dispatch,
    OutboxSignal warm,
    FeedSignal signal,
    NotificationsMetrics metrics,
    StartupState startup,
    TimeProvider time,
    ILogger<DeliveryWorker> log) : BackgroundService
{
    /// <summary>How long a message that another process queued, or whose time has come, may wait unseen.</summary>
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(1);

    /// <summary>Within the host's own time to stop.</summary>
    private static readonly TimeSpan LastBreath = TimeSpan.FromSeconds(5);

    private long? sweptAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        // Outlives the order to stop: what was sent meanwhile is to be recorded.
        using var end = new CancellationTokenSource();
        var recording = dispatch.RecordAsync(end.Token);
        try
        {
            await ClaimAsync(stoppingToken, end.Token);
        }
        finally
        {
            end.CancelAfter(LastBreath);
            await Task.WhenAll(dispatch.DrainAsync(end.Token), recording).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ClaimAsync(CancellationToken stoppingToken, CancellationToken end)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var expected = warm.Ticket();
            var committed = signal.Ticket();
            var freed = dispatch.Freed;
            var wait = PollEvery;
            try
            {
                await SweepAsync(stoppingToken);
                if (await BeginDueAsync(stoppingToken, end))
                {
                    // There may be more.
                    continue;
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                NotificationsLog.ClaimFailed(log, fault);
                wait = BackOff;
            }

            using var woken = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var pause = Task.Delay(wait, time, woken.Token);
            await (wait == PollEvery && warm.IsWarm ? Task.WhenAny(committed, expected, freed, pause) : Task.WhenAny(expected, freed, pause));
            await woken.CancelAsync();
        }
    }

    private async Task<bool> BeginDueAsync(CancellationToken stoppingToken, CancellationToken end)
    {
        if (dispatch.Room is not (> 0 and var room))
        {
            return false;
        }

        var claimed = await claims.ClaimAsync(room, dispatch.Busy, stoppingToken);
        foreach (var message in claimed)
        {
            dispatch.Begin(message, end);
        }

        return claimed.Count > 0;
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        if (sweptAt is { } last && time.GetElapsedTime(last) < SweepEvery)
        {
            return;
        }

        sweptAt = time.GetTimestamp();
        var (due, dead) = await claims.CountAsync(stoppingToken);
        metrics.Stands(due, dead);
        await claims.FollowClockAsync(stoppingToken);
        if (await claims.TakeOverAsync(dispatch.Mine, stoppingToken) is > 0 and var taken)
        {
            metrics.TookOver(taken);
            NotificationsLog.TookOver(log, taken);
        }
    }
}
