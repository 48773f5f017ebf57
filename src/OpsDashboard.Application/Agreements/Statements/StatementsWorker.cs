using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Slos.History;

namespace OpsDashboard.Application.Agreements.Statements;

/// <summary>
/// Draws up what is due every ten minutes and when an agreement was made or changed; looks for corrections every six hours and when
/// history was rewritten; keeps the running month at hand.
/// </summary>
internal sealed class StatementsWorker(
    StatementClose close,
    RunningStatements running,
    LiveBus bus,
    StartupState startup,
    TimeProvider time,
    ILogger<StatementsWorker> log) : BackgroundService
{
    private const int RecentMonths = 2;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CloseEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan CorrectEvery = TimeSpan.FromHours(6);

    private int changed = 1;

    /// <summary>How many closed months are to be looked at again.</summary>
    private int doubted;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.StatusesComplete.WaitAsync(stoppingToken);
        await using var told = bus.Subscribe([RewrittenHistory.Rewritten, ("agreements", "all"), ("maintenance", "all")], LookEvery, (notices, _) =>
        {
            running.Forget();
            Interlocked.Exchange(ref changed, 1);
            if (notices.Any(notice => notice.Topic != "agreements"))
            {
                Interlocked.Exchange(ref doubted, notices.Any(notice => (notice.Topic, notice.Key) == RewrittenHistory.Rewritten) ? StatementClose.MonthsBack : RecentMonths);
            }

            return Task.CompletedTask;
        });
        var (closedAt, correctedAt) = (time.GetTimestamp(), time.GetTimestamp());
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, time, stoppingToken);
            try
            {
                if (Interlocked.Exchange(ref changed, 0) == 1 || time.GetElapsedTime(closedAt) >= CloseEvery)
                {
                    closedAt = time.GetTimestamp();
                    await close.CloseAsync(stoppingToken);
                }

                if (Interlocked.Exchange(ref doubted, 0) is > 0 and var months)
                {
                    await close.CorrectAsync(months, stoppingToken);
                }
                else if (time.GetElapsedTime(correctedAt) >= CorrectEvery)
                {
                    correctedAt = time.GetTimestamp();
                    await close.CorrectAsync(RecentMonths, stoppingToken);
                }

                await running.RenewAskedAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                AgreementsLog.CloseFailed(log, fault);
            }
        }
    }
}
