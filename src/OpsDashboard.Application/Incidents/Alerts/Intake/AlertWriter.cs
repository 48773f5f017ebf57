using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Incidents.Alerts.Desk;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Incidents.Alerts.Intake;

/// <summary>
/// The one writer of a process for alerts from outside. Commits at once when idle; what came in meanwhile shares the next commit,
/// so that a burst costs a few transactions and not one an alert.
/// </summary>
internal sealed class AlertWriter(
    IServiceScopeFactory scopes,
    IStoreProvider provider,
    AlertMetrics metrics,
    FeedSignal signal,
    TimeProvider time,
    IOptions<AlertsOptions> options,
    ILogger<AlertWriter> log) : BackgroundService
{
    private const int MaxGroupDeliveries = 250;
    private const int MaxGroupMessages = 500;

    /// <summary>Two processes may open the same alert at once; the one that comes second finds it at the next try.</summary>
    private const int MaxTries = 3;

    // Bounded by messages, not deliveries: see Submit. The channel itself never blocks a caller.
    private readonly Channel<AlertDelivery> queue = Channel.CreateUnbounded<AlertDelivery>(new() { SingleReader = true });
    private int pending;

    /// <returns>False when too many wait; nothing was taken then.</returns>
    public bool Submit(AlertDelivery delivery)
    {
        if (Interlocked.Add(ref pending, Weight(delivery)) > options.Value.MaxPendingAlerts)
        {
            Interlocked.Add(ref pending, -Weight(delivery));
            metrics.Overloaded.Add(1);
            return false;
        }

        if (queue.Writer.TryWrite(delivery))
        {
            return true;
        }

        // The process is stopping: the sender tries again elsewhere or later, as when too many wait.
        Interlocked.Add(ref pending, -Weight(delivery));
        return false;
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
        var group = new List<AlertDelivery>(MaxGroupDeliveries);
        while (await queue.Reader.WaitToReadAsync(stoppingToken))
        {
            var messages = 0;
            while (group.Count < MaxGroupDeliveries && messages < MaxGroupMessages && queue.Reader.TryRead(out var delivery))
            {
                group.Add(delivery);
                messages += delivery.Messages.Count;
            }

            await CommitAsync(group, stoppingToken);
            Interlocked.Add(ref pending, -group.Sum(Weight));
            group.Clear();
        }
    }

    private async Task CommitAsync(IReadOnlyList<AlertDelivery> group, CancellationToken cancellationToken)
    {
        try
        {
            var receipts = await TryAsync(group, 1, cancellationToken);
            signal.Nudge();
            metrics.GroupSize.Record(group.Count);
            for (var i = 0; i < group.Count; i++)
            {
                metrics.Count(receipts[i]);
                group[i].Complete(receipts[i]);
            }
        }
        catch (Exception fault) when (group.Count > 1 && !provider.IsTransient(fault) && !cancellationToken.IsCancellationRequested)
        {
            // One delivery the store cannot take must not sink the others: each gets its own transaction and its own verdict.
            foreach (var alone in group)
            {
                await CommitAsync([alone], cancellationToken);
            }
        }
        catch (Exception fault)
        {
            AlertLog.CommitFailed(log, group.Count, fault);
            metrics.Failed.Add(group.Count);
            foreach (var delivery in group)
            {
                delivery.Fail(fault);
            }
        }
    }

    private async Task<IReadOnlyList<AlertReceipt>> TryAsync(IReadOnlyList<AlertDelivery> group, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await RecordAsync(group, cancellationToken);
        }
        catch (DbUpdateException fault) when (attempt < MaxTries && provider.IsDuplicateKey(fault))
        {
            return await TryAsync(group, attempt + 1, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<AlertReceipt>> RecordAsync(IReadOnlyList<AlertDelivery> group, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var desk = scope.ServiceProvider.GetRequiredService<AlertDesk>();
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            var now = time.NowMs();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var platforms = group.Select(delivery => delivery.Integration).DistinctBy(integration => integration.Id).ToDictionary(integration => integration.Id, integration => integration.Platform);
            var verdicts = await desk.ApplyAsync(
                [.. group.SelectMany(delivery => delivery.Messages)],
                id => id is { } known ? platforms.GetValueOrDefault(known) : null,
                now,
                cancellationToken);
            await ReceivedLine.WriteAsync(db, group, now, cancellationToken);
            await desk.AnnounceAsync(now, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return Split(group, verdicts);
        });
    }

    private static IReadOnlyList<AlertReceipt> Split(IReadOnlyList<AlertDelivery> group, IReadOnlyList<MessageVerdict> verdicts)
    {
        var receipts = new List<AlertReceipt>(group.Count);
        var from = 0;
        foreach (var delivery in group)
        {
            var own = verdicts.Skip(from).Take(delivery.Messages.Count).CountBy(verdict => verdict).ToDictionary();
            from += delivery.Messages.Count;
            receipts.Add(new AlertReceipt(
                own.GetValueOrDefault(MessageVerdict.Opened),
                own.GetValueOrDefault(MessageVerdict.Repeated),
                own.GetValueOrDefault(MessageVerdict.Resolved),
                own.GetValueOrDefault(MessageVerdict.Ignored)));
        }

        return receipts;
    }

    private static int Weight(AlertDelivery delivery) => Math.Max(1, delivery.Messages.Count);
}
