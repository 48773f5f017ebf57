using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Live;

/// <summary>
/// A conflating dirty set, not a queue: what changes ten times between two flushes is told once, and nothing piles up while
/// the page is hidden.
/// </summary>
public sealed class LiveSubscription : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly TimeSpan interval;
    private readonly Func<IReadOnlyCollection<Notice>, CancellationToken, Task> flush;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Action<LiveSubscription> closed;
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim dirtied = new(0, 1);

    private Dictionary<(string Topic, string Key), Notice> dirty = [];
    private bool paused;
    private Task loop = Task.CompletedTask;

    internal LiveSubscription(
        TimeSpan interval,
        Func<IReadOnlyCollection<Notice>, CancellationToken, Task> flush,
        TimeProvider time,
        ILogger log,
        Action<LiveSubscription> closed)
    {
        this.interval = interval;
        this.flush = flush;
        this.time = time;
        this.log = log;
        this.closed = closed;
    }

    /// <summary>While paused changes are remembered but not told; resuming tells them at once.</summary>
    public void Pause(bool pause)
    {
        lock (gate)
        {
            paused = pause;
            Wake();
        }
    }

    public async ValueTask DisposeAsync()
    {
        closed(this);
        await stop.CancelAsync();
        await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        dirtied.Dispose();
    }

    internal void Start() => loop = Task.Run(() => RunAsync(stop.Token));

    internal void Mark(Notice notice)
    {
        lock (gate)
        {
            dirty[(notice.Topic, notice.Key)] = notice;
            Wake();
        }
    }

    private void Wake()
    {
        if (!paused && dirty.Count > 0 && dirtied.CurrentCount == 0 && !stop.IsCancellationRequested)
        {
            dirtied.Release();
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await dirtied.WaitAsync(cancellationToken);
            var batch = Take();
            if (batch.Count == 0)
            {
                continue;
            }

            try
            {
                await flush(batch, cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                LiveLog.FlushFailed(log, fault);
            }

            await Task.Delay(interval, time, cancellationToken);
        }
    }

    private IReadOnlyCollection<Notice> Take()
    {
        lock (gate)
        {
            if (paused || dirty.Count == 0)
            {
                return [];
            }

            var batch = dirty;
            dirty = [];
            return batch.Values;
        }
    }
}
