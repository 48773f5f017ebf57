using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Slos.History;

namespace OpsDashboard.Application.Kpis.Computation;

/// <summary>
/// Computes the newest months every ten minutes and soon after deployments, incidents or agreements changed; all months at the
/// start and when history was rewritten. The process that evaluates does it.
/// </summary>
internal sealed class KpisWorker(KpiComputer computer, LiveBus bus, Lease lease, StartupState startup, TimeProvider time, ILogger<KpisWorker> log) : BackgroundService
{
    private const int NewestMonths = 2;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ToldEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ComputeEvery = TimeSpan.FromMinutes(10);

    /// <summary>How many months are to be computed at the next look.</summary>
    private int doubted = KpiComputer.AllMonths;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        await using var told = bus.Subscribe([RewrittenHistory.Rewritten, ("deployments", "all"), ("incidents", "all"), ("agreements", "all")], ToldEvery, (notices, _) =>
        {
            Doubt(notices.Any(notice => (notice.Topic, notice.Key) == RewrittenHistory.Rewritten) ? KpiComputer.AllMonths : NewestMonths);
            return Task.CompletedTask;
        });
        var computedAt = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, time, stoppingToken);
            if (!startup.AreStatusesComplete || lease.Token is null)
            {
                continue;
            }

            var months = Interlocked.Exchange(ref doubted, 0);
            months = months == 0 && time.GetElapsedTime(computedAt) >= ComputeEvery ? NewestMonths : months;
            if (months == 0)
            {
                continue;
            }

            try
            {
                await computer.ComputeAsync(months, stoppingToken);
                computedAt = time.GetTimestamp();
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Doubt(months);
                KpisLog.ComputingFailed(log, fault);
            }
        }
    }

    private void Doubt(int months)
    {
        if (Volatile.Read(ref doubted) < months)
        {
            Interlocked.Exchange(ref doubted, months);
        }
    }
}
