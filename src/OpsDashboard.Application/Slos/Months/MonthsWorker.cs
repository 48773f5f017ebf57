using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Application.Slos.History;

namespace OpsDashboard.Application.Slos.Months;

/// <summary>
/// Closes months that are due and keeps the counts of the open ones at hand: soon after the start, when history was put in
/// place, every ten minutes, and when a reader found a count older than a minute. So no page waits for a month to be counted.
/// </summary>
internal sealed class MonthsWorker(
    MonthCloser closer,
    OpenMonths open,
    LiveBus bus,
    Lease lease,
    StartupState startup,
    TimeProvider time,
    ILogger<MonthsWorker> log) : BackgroundService
{
    private static readonly TimeSpan CloseEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private long rewritten = 1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.StatusesComplete.WaitAsync(stoppingToken);
        await using var told = bus.Subscribe([RewrittenHistory.Rewritten], LookEvery, (_, _) =>
        {
            open.Forget();
            Interlocked.Increment(ref rewritten);
            return Task.CompletedTask;
        });
        long seen = 0;
        var closedAt = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, time, stoppingToken);
            var now = Interlocked.Read(ref rewritten);
            try
            {
                if (now != seen || time.GetElapsedTime(closedAt) >= CloseEvery)
                {
                    await CloseAsync(stoppingToken);
                    closedAt = time.GetTimestamp();
                    await open.WarmAsync(stoppingToken);
                    seen = now;
                }

                await open.RenewAskedAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                EvaluatorLog.MonthCloseFailed(log, fault);
                await Task.Delay(LookEvery * 10, time, stoppingToken);
            }
        }
    }

    /// <summary>The evaluator's holder closes: one process is enough, and it is the one whose statuses stand.</summary>
    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (lease.Token is not null)
        {
            await closer.CloseAsync(cancellationToken);
        }
    }
}
