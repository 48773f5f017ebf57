using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Telemetry.Intake;

namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>A data source with the SLIs that are read from it.</summary>
internal sealed record PolledSource(StoredDataSource Source, IReadOnlyList<StoredSli> Slis);

/// <summary>What every poller of the process uses.</summary>
internal sealed class PollerParts(
    PollLedger ledger,
    IntakeWriter writer,
    SourceSecrets secrets,
    SourceMetrics metrics,
    TimeProvider time,
    IOptions<PrometheusOptions> options,
    ILogger<SourcePoller> log)
{
    public PollLedger Ledger => ledger;

    public IntakeWriter Writer => writer;

    public SourceSecrets Secrets => secrets;

    public SourceMetrics Metrics => metrics;

    public TimeProvider Time => time;

    public PrometheusOptions Options => options.Value;

    public ILogger Log => log;
}

/// <summary>Reads one data source, minute by minute, until it is stopped. Its troubles are its own: no other poller waits for it.</summary>
internal sealed class SourcePoller(PolledSource source, Lease lease, PollerParts parts)
{
    /// <summary>Name the batches of all sources go in under.</summary>
    public const string KeyName = "prom";

    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly PrometheusSettings settings = PrometheusSettings.Of(source.Source);
    private readonly Dictionary<int, Trouble> troubles = [];
    private readonly TimeProvider time = parts.Time;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var client = new PrometheusClient(source.Source.Definition.Url!, settings, parts.Options, parts.Secrets, time);
        while (!cancellationToken.IsCancellationRequested)
        {
            TimeSpan wait;
            try
            {
                wait = await CycleAsync(client, cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                // The store, not the source: what was planned stays planned.
                SourceLog.CycleFailed(parts.Log, source.Source.Definition.Id, fault);
                wait = FirstBackOff;
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task<TimeSpan> CycleAsync(PrometheusClient client, CancellationToken cancellationToken)
    {
        var settleMs = (settings.SettleSeconds ?? parts.Options.SettleSeconds) * 1000L;
        var end = Instants.MinuteOf(time.NowMs() - settleMs);
        var due = source.Slis.Where(sli => !troubles.TryGetValue(sli.SeriesId, out var trouble) || trouble.IsOver(time)).ToDictionary(sli => sli.SeriesId);
        var plans = due.Count == 0 ? [] : await parts.Ledger.PlanAsync(lease, source.Source.Id, due.Keys, end, cancellationToken);
        if (plans is not { Count: > 0 })
        {
            return Wait(settleMs);
        }

        using var slots = new SemaphoreSlim(parts.Options.QueriesAtOnce);
        var results = await Task.WhenAll(plans.Select(plan => TakeAsync(client, due[plan.SeriesId].Definition, plan, slots, cancellationToken)));
        await parts.Ledger.RecordAsync(results, cancellationToken);
        foreach (var result in results)
        {
            Note(result);
        }

        return results.Any(result => result.Taken && result.Plan.To < end) ? TimeSpan.Zero : Wait(settleMs);
    }

    private async Task<PollResult> TakeAsync(PrometheusClient client, SliDefinition sli, PollPlan plan, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        var began = time.GetTimestamp();
        try
        {
            var span = await SliQuery.ReadAsync(client, sli, plan.From, plan.To, cancellationToken);
            if (span.Minutes.Count > 0 && !await CommitAsync(plan, span, cancellationToken))
            {
                return new PollResult(plan, false, "The intake is full; the span is read again.");
            }

            return new PollResult(plan, true, span.Objection);
        }
        catch (SourceFaultException fault)
        {
            return new PollResult(plan, false, fault.Message);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            SourceLog.SpanFailed(parts.Log, sli.Id, fault);
            return new PollResult(plan, false, "The store did not take the span; it is read again.");
        }
        finally
        {
            parts.Metrics.QueryTook(time.GetElapsedTime(began));
            slots.Release();
        }
    }

    private async Task<bool> CommitAsync(PollPlan plan, PolledSpan span, CancellationToken cancellationToken)
    {
        var batch = new SampleBatch
        {
            BatchId = plan.BatchId,
            Accepted = span.Minutes.Count,
            Rejected = [],
            Minutes = [.. span.Minutes.Select(minute => new SeriesMinute(plan.SeriesId, minute.Minute, minute.Cell))],
        };
        if (parts.Writer.Submit(KeyName, batch) is not { } pending)
        {
            return false;
        }

        await pending.Committed.WaitAsync(cancellationToken);
        return true;
    }

    private void Note(PollResult result)
    {
        parts.Metrics.Polled(result.Taken);
        if (result.Taken)
        {
            troubles.Remove(result.Plan.SeriesId);
            return;
        }

        var failures = troubles.TryGetValue(result.Plan.SeriesId, out var before) ? before.Failures + 1 : 1;
        troubles[result.Plan.SeriesId] = new Trouble(failures, time.GetTimestamp(), BackOff(failures));
        if (failures == 1)
        {
            SourceLog.SourceFailed(parts.Log, source.Source.Definition.Id, result.Fault!);
        }
    }

    /// <summary>Doubles from 5 s to 5 min, and never the same for all, so that a source that comes back is not met by everyone at once.</summary>
    private static TimeSpan BackOff(int failures)
    {
        var full = Math.Min(LongestBackOff.TotalSeconds, FirstBackOff.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 10)));
        return TimeSpan.FromSeconds(full * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    /// <summary>Until the next minute has settled or the first back-off is over.</summary>
    private TimeSpan Wait(long settleMs)
    {
        var intoMinute = (time.NowMs() - settleMs) % Instants.MinuteMs;
        var wait = TimeSpan.FromMilliseconds(Instants.MinuteMs - intoMinute + 50);
        foreach (var trouble in troubles.Values)
        {
            var left = trouble.Left(time);
            wait = left < wait ? left : wait;
        }

        return wait < TimeSpan.FromMilliseconds(100) ? TimeSpan.FromMilliseconds(100) : wait < LongestWait ? wait : LongestWait;
    }

    private sealed record Trouble(int Failures, long Since, TimeSpan BackOff)
    {
        public TimeSpan Left(TimeProvider time) => BackOff - time.GetElapsedTime(Since);

        public bool IsOver(TimeProvider time) => Left(time) <= TimeSpan.Zero;
    }
}
