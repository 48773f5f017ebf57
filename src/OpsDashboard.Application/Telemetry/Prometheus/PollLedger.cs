using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>A span of minutes [From, To) to be taken of one series, always under the same batch id.</summary>
internal sealed record PollPlan(int SourceId, int SeriesId, int From, int To)
{
    public string BatchId => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{SourceId}/{SeriesId}/{From}-{To}");
}

/// <param name="Taken">Whether the span is in the store and the watermark may move.</param>
/// <param name="Fault">What went wrong or was left out.</param>
internal sealed record PollResult(PollPlan Plan, bool Taken, string? Fault);

/// <summary>Keeps the watermarks. Only the holder of the lease plans, and what was planned is finished before anything new is.</summary>
internal sealed class PollLedger(IServiceScopeFactory scopes, FeedSignal signal, TimeProvider time, IOptions<PrometheusOptions> options)
{
    public const string Topic = "sources";
    public const string Key = "all";

    /// <param name="end">First minute that has not settled yet.</param>
    /// <returns>Null when the lease is lost: nothing may be polled then.</returns>
    public Task<IReadOnlyList<PollPlan>?> PlanAsync(Lease lease, int sourceId, IReadOnlyCollection<int> seriesIds, int end, CancellationToken cancellationToken) =>
        InTransactionAsync<IReadOnlyList<PollPlan>?>(
            async db =>
            {
                if (!await lease.FenceAsync(db, cancellationToken))
                {
                    return null;
                }

                var rows = await db.Set<PrometheusPollRow>().Where(row => seriesIds.Contains(row.SeriesId)).ToDictionaryAsync(row => row.SeriesId, cancellationToken);
                var plans = new List<PollPlan>();
                foreach (var seriesId in seriesIds)
                {
                    if (!rows.TryGetValue(seriesId, out var row))
                    {
                        row = new PrometheusPollRow { SeriesId = seriesId, SourceId = sourceId, NextMinute = 0 };
                        db.Add(row);
                    }

                    if (Plan(row, sourceId, end) is { } plan)
                    {
                        plans.Add(plan);
                    }
                }

                await db.SaveChangesAsync(cancellationToken);
                return plans;
            },
            cancellationToken);

    public async Task RecordAsync(IReadOnlyList<PollResult> results, CancellationToken cancellationToken)
    {
        await InTransactionAsync(
            async db =>
            {
                var now = time.NowMs();
                var ids = results.Select(result => result.Plan.SeriesId).ToList();
                var rows = await db.Set<PrometheusPollRow>().Where(row => ids.Contains(row.SeriesId)).ToDictionaryAsync(row => row.SeriesId, cancellationToken);
                foreach (var result in results)
                {
                    if (rows.TryGetValue(result.Plan.SeriesId, out var row) && row.NextMinute == result.Plan.From && row.PlannedTo == result.Plan.To)
                    {
                        Record(row, result, now);
                    }
                }

                db.Announce(now, (Topic, Key));
                await db.SaveChangesAsync(cancellationToken);
                return true;
            },
            cancellationToken);
        signal.Nudge();
    }

    private PollPlan? Plan(PrometheusPollRow row, int sourceId, int end)
    {
        // What is older than the intake's grace period is out of reach.
        var oldest = Instants.MinuteOf(time.NowMs() - (options.Value.CatchUpHours * Instants.HourMs)) + 1;
        if (row.PlannedTo is { } planned && planned > oldest)
        {
            return new PollPlan(row.SourceId, row.SeriesId, row.NextMinute, planned);
        }

        row.PlannedTo = null;
        row.SourceId = sourceId;
        row.NextMinute = Math.Max(row.NextMinute, oldest);
        if (row.NextMinute >= end)
        {
            return null;
        }

        row.PlannedTo = Math.Min(end, row.NextMinute + options.Value.PageMinutes);
        return new PollPlan(row.SourceId, row.SeriesId, row.NextMinute, row.PlannedTo.Value);
    }

    private static void Record(PrometheusPollRow row, PollResult result, long now)
    {
        row.Fault = result.Fault is { Length: > PrometheusPollRowMapping.MaxFaultLength } text ? text[..PrometheusPollRowMapping.MaxFaultLength] : result.Fault;
        row.FaultAtMs = result.Fault is null ? null : now;
        if (!result.Taken)
        {
            row.Failures++;
            return;
        }

        row.NextMinute = result.Plan.To;
        row.PlannedTo = null;
        row.LastSuccessMs = now;
        row.Failures = 0;
    }

    private async Task<T> InTransactionAsync<T>(Func<OpsDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var result = await work(db);
            await transaction.CommitAsync(cancellationToken);
            return result;
        });
    }
}
