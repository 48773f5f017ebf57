using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Status;

namespace OpsDashboard.Application.Slos.Evaluation;

/// <summary>Evaluates while this process holds the lease, and stands by while another does.</summary>
internal sealed class EvaluatorWorker(
    Evaluator evaluator,
    Lease lease,
    StatusBoard board,
    StartupState startup,
    FeedSignal signal,
    TimeProvider time,
    ILogger<EvaluatorWorker> log) : BackgroundService
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(1);

    /// <summary>Judging takes at most a tenth of the time, so that a flood of samples does not drown in its own statuses.</summary>
    private const int PausePerWork = 9;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Statuses need a store and series; both stand once the startup sequence has passed.
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        await lease.KeepWhileAsync(EvaluateAsync, stoppingToken);
    }

    private async Task EvaluateAsync(CancellationToken stoppingToken)
    {
        var leading = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var ticket = signal.Ticket();
            var began = time.GetTimestamp();
            var wait = PollEvery;
            try
            {
                leading = lease.Token is not null && (leading ? await evaluator.StepAsync(time.NowMs(), stoppingToken) : await LeadAsync(stoppingToken));
                if (!leading)
                {
                    await StandByAsync(stoppingToken);
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // What is in memory may be half applied: the next round builds it anew from the store.
                EvaluatorLog.CycleFailed(log, fault);
                leading = false;
                wait = BackOff;
                ticket = Task.Delay(BackOff, time, stoppingToken);
            }

            await Task.Delay(Pause(time.GetElapsedTime(began)), time, stoppingToken);
            await Task.WhenAny(ticket, Task.Delay(wait, time, stoppingToken));
        }
    }

    private async Task<bool> LeadAsync(CancellationToken stoppingToken)
    {
        var began = time.GetTimestamp();
        if (!await evaluator.StartAsync(time.NowMs(), stoppingToken))
        {
            return false;
        }

        EvaluatorLog.Leading(log, board.All.Count, time.GetElapsedTime(began).TotalSeconds);
        startup.StatusesAreComplete();
        return true;
    }

    private async Task StandByAsync(CancellationToken stoppingToken)
    {
        board.StopFeeding();
        if (!startup.AreStatusesComplete && lease.IsHeldElsewhere)
        {
            await board.RefreshAsync(stoppingToken);
            startup.StatusesAreComplete();
        }
    }

    private static TimeSpan Pause(TimeSpan worked)
    {
        var pause = worked * PausePerWork;
        return pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause;
    }
}
