using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Live;

/// <summary>Keeps a process-wide read model fresh: told before the bus is, so that who reads on a notice reads the new state.</summary>
internal interface IFeedListener
{
    Task OnNoticesAsync(IReadOnlyList<Notice> notices, CancellationToken cancellationToken);

    /// <summary>The feed could not be followed: read everything again.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);
}

/// <summary>Tails the feed on every node and tells the listeners and the bus.</summary>
internal sealed class FeedPump(
    FeedTail tail,
    FeedSignal signal,
    LiveBus bus,
    IEnumerable<IFeedListener> listeners,
    TimeProvider time,
    ILogger<FeedPump> log) : BackgroundService
{
    /// <summary>How long a change of another process may stay unseen.</summary>
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(1);

    private bool started;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var ticket = signal.Ticket();
            var wait = PollEvery;
            try
            {
                await PumpAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The store may be locked or away; the cursor has not moved, so nothing is lost by trying again.
                LiveLog.PumpFailed(log, fault);
                wait = BackOff;
            }

            await Task.WhenAny(ticket, Task.Delay(wait, time, stoppingToken));
        }
    }

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        if (!started)
        {
            await tail.StartAtEndAsync(cancellationToken);
            await RefreshAllAsync(cancellationToken);
            started = true;
        }

        var rows = await tail.ReadAsync(cancellationToken);
        if (tail.LostTrack)
        {
            await RefreshAllAsync(cancellationToken);
            tail.AcceptLoss();
        }

        var notices = rows.Where(row => row.Topic == Subjects.FeedTopic).SelectMany(Subjects.Unpack).ToList();
        if (notices.Count == 0)
        {
            return;
        }

        foreach (var listener in listeners)
        {
            await listener.OnNoticesAsync(notices, cancellationToken);
        }

        foreach (var notice in notices)
        {
            bus.Publish(notice);
        }
    }

    private async Task RefreshAllAsync(CancellationToken cancellationToken)
    {
        foreach (var listener in listeners)
        {
            await listener.RefreshAsync(cancellationToken);
        }

        bus.PublishEverything(tail.Cursor);
    }
}
