using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;

namespace OpsDashboard.Application.Dashboards.Reports;

/// <summary>Looks every minute whether a report is due and makes one at a time, so that a month long past does not hold up the rest.</summary>
internal sealed class ReportsWorker(ReportMaker maker, Lease lease, StartupState startup, TimeProvider time, ILogger<ReportsWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <summary>After one was made the next is looked for soon.</summary>
    private static readonly TimeSpan NextAfter = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        var wait = LookEvery;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(wait, time, stoppingToken);
            wait = LookEvery;
            if (!startup.AreStatusesComplete || lease.Token is null)
            {
                continue;
            }

            try
            {
                if (await maker.MakeDueAsync(stoppingToken) is { } month)
                {
                    ReportsLog.Made(log, month.ToString());
                    wait = NextAfter;
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                ReportsLog.Failed(log, fault);
            }
        }
    }
}

internal static partial class ReportsLog
{
    [LoggerMessage(2950, LogLevel.Information, "Board report of {Month} made")]
    public static partial void Made(ILogger logger, string month);

    [LoggerMessage(2951, LogLevel.Error, "A board report could not be made; trying again later")]
    public static partial void Failed(ILogger logger, Exception fault);
}
