using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Telemetry.Retention;

/// <summary>Runs retention once an hour, on one process.</summary>
internal sealed partial class RetentionWorker(
    Retention retention,
    IServiceProvider services,
    StartupState startup,
    TimeProvider time,
    ILogger<RetentionWorker> log) : BackgroundService
{
    private const int ChecksPerRun = 1800;

    private readonly Lease lease = services.CreateLease("retention");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        for (var check = 0; !stoppingToken.IsCancellationRequested; check++)
        {
            await Task.Delay(Lease.RenewEvery, time, stoppingToken);
            try
            {
                // The lease is renewed far more often than the work is done, or another process would take it in between.
                if (await lease.HoldAsync(stoppingToken) && check % ChecksPerRun == ChecksPerRun / 2)
                {
                    var done = await retention.RunAsync(time.NowMs(), stoppingToken);
                    Done(log, done);
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, fault);
            }
        }
    }

    [LoggerMessage(1220, LogLevel.Information, "Retention condensed or dropped {Rows} rows")]
    private static partial void Done(ILogger logger, int rows);

    [LoggerMessage(1221, LogLevel.Error, "Retention failed; trying again at its next turn")]
    private static partial void Failed(ILogger logger, Exception fault);
}
