using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Telemetry.Intake;

/// <summary>
/// The one writer of a process. Commits at once when idle; under load it waits for batches that are just being read, so that
/// a commit's fixed cost is shared by many samples.
/// </summary>
internal sealed class IntakeWriter(
    ISampleStore store,
    IStoreProvider provider,
    IntakeMetrics metrics,
    FeedSignal signal,
    TimeProvider time,
    IOptions<IntakeOptions> options,
    ILogger<IntakeWriter> log) : BackgroundService
{
    private const int MaxGroupBatches = 128;
    private const int MaxGroupSamples = 400_000;
    private static readonly TimeSpan LongestLinger = TimeSpan.FromMilliseconds(200);

    // Bounded by samples, not batches: see Submit. The channel itself never blocks a caller.
    private readonly Channel<PendingBatch> queue = Channel.CreateUnbounded<PendingBatch>(new() { SingleReader = true });
    private int pendingSamples;
    private int beingRead;

    /// <summary>Tells the writer that a batch is on its way, so that it may wait for it.</summary>
    public IDisposable Reading()
    {
        Interlocked.Increment(ref beingRead);
        return new ReadingMark(this);
    }

    /// <returns>Null when the intake is full; nothing was taken then.</returns>
    public PendingBatch? Submit(string keyName, SampleBatch batch)
    {
        if (Interlocked.Add(ref pendingSamples, batch.Accepted) > options.Value.MaxPendingSamples)
        {
            Interlocked.Add(ref pendingSamples, -batch.Accepted);
            metrics.Overloaded.Add(1);
            return null;
        }

        var pending = new PendingBatch($"{keyName}/{batch.BatchId}", batch);
        if (!queue.Writer.TryWrite(pending))
        {
            // The process is stopping: the sender tries again elsewhere or later, as when the intake is full.
            Interlocked.Add(ref pendingSamples, -batch.Accepted);
            return null;
        }

        return pending;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        // What was taken before is still committed and answered, as long as there is time.
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
        while (queue.Reader.TryRead(out var left))
        {
            left.Fail(new OperationCanceledException("The process is stopping."));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<PendingBatch>(MaxGroupBatches);
        var lastEnded = 0L;
        var lastTook = TimeSpan.Zero;
        while (await queue.Reader.WaitToReadAsync(stoppingToken))
        {
            Drain(group);
            await LingerAsync(group, lastEnded, lastTook, stoppingToken);
            var began = time.GetTimestamp();
            await CommitAsync(group, stoppingToken);
            lastEnded = time.GetTimestamp();
            lastTook = time.GetElapsedTime(began, lastEnded);
            group.Clear();
        }
    }

    /// <summary>
    /// Waits while others are still being read, at most eight times as long as the last commit took, and not at all when
    /// the store has been idle.
    /// </summary>
    private async Task LingerAsync(List<PendingBatch> group, long lastEnded, TimeSpan lastTook, CancellationToken cancellationToken)
    {
        var longest = lastTook * 8 < LongestLinger ? lastTook * 8 : LongestLinger;
        while (!IsFull(group)
            && time.GetElapsedTime(lastEnded) is var idle
            && (idle < lastTook || (Volatile.Read(ref beingRead) > 0 && idle < longest)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), time, cancellationToken);
            Drain(group);
        }
    }

    private static bool IsFull(List<PendingBatch> group) =>
        group.Count >= MaxGroupBatches || group.Sum(pending => pending.Batch.Accepted) >= MaxGroupSamples;

    private void Drain(List<PendingBatch> group)
    {
        while (!IsFull(group) && queue.Reader.TryRead(out var pending))
        {
            group.Add(pending);
        }
    }

    private async Task CommitAsync(List<PendingBatch> group, CancellationToken cancellationToken)
    {
        try
        {
            var isNew = await store.CommitAsync(group, time.NowMs(), cancellationToken);
            signal.Nudge();
            metrics.Committed(group, isNew);
            for (var i = 0; i < group.Count; i++)
            {
                group[i].Complete(isNew[i]);
            }
        }
        catch (Exception fault) when (group.Count > 1 && !provider.IsTransient(fault) && !cancellationToken.IsCancellationRequested)
        {
            // One batch the store cannot take must not sink the others: each gets its own transaction and its own verdict.
            foreach (var alone in group.ToArray())
            {
                await CommitAsync([alone], cancellationToken);
            }

            return;
        }
        catch (Exception fault)
        {
            IntakeLog.CommitFailed(log, group.Count, fault);
            metrics.Failed.Add(group.Count);
            group.ForEach(pending => pending.Fail(fault));
        }

        Interlocked.Add(ref pendingSamples, -group.Sum(pending => pending.Batch.Accepted));
    }

    private sealed class ReadingMark(IntakeWriter writer) : IDisposable
    {
        private int open = 1;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref open, 0) == 1)
            {
                Interlocked.Decrement(ref writer.beingRead);
            }
        }
    }
}
