using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Live;

/// <summary>
/// A conflating dirty set, not a queue: what changes ten times between two flushes is told once, and nothing piles up while
/// the page is hidden.
/// </summary>
public sealed class LiveSubscription : IAsyncDisposable
{
    /// <summary>So many flushes may follow each other before one has to wait, and no more fall into as many intervals.</summary>
    internal const int Burst = 4;

    private readonly Lock gate = new();
    private readonly Queue<long> recent = new(Burst);
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

            await Task.Delay(UntilNext(), time, cancellationToken);
        }
    }

    /// <summary>
    /// A second change that follows the first closely is told at once, a stream of them at the pace of the interval: a page would
    /// otherwise show a lone change late only because an unrelated one came just before it.
    /// </summary>
    private TimeSpan UntilNext()
    {
        recent.Enqueue(time.GetTimestamp());
        var apart = interval / (2 * Burst);
        if (recent.Count < Burst)
        {
            return apart;
        }

        var wait = (interval * Burst) - time.GetElapsedTime(recent.Dequeue());
        return wait > apart ? wait : apart;
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
