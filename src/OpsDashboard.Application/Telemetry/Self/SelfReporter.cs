using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Telemetry.Intake;

namespace OpsDashboard.Application.Telemetry.Self;

/// <summary>
/// Hands the product's own measurements to its own intake, as any program would: every few seconds, with ids that make a retry
/// harmless. While the intake cannot take them they wait, the oldest going first when there are too many.
/// </summary>
internal sealed class SelfReporter(
    RequestMeter meter,
    AcknowledgedBatches acknowledged,
    IServiceScopeFactory scopes,
    StartupState startup,
    TimeProvider time,
    IMeterFactory meters,
    ILogger<SelfReporter> log) : BackgroundService
{
    public const string CallerName = "self";
    private const int MostWaiting = 240;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(4);

    private readonly string process = Guid.NewGuid().ToString("N");
    private readonly Queue<(string Id, byte[] Body)> waiting = new();
    private readonly Meter metrics = meters.Create(RequestMetrics.MeterName);
    private long sequence;
    private int lastMinute;

    public override void Dispose()
    {
        metrics.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var dropped = metrics.CreateCounter<long>("ops.telemetry.self_dropped", "{batch}", "Batches of own measurements dropped while the intake took none");
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Collect(await ReadBackAsync(stoppingToken), dropped);
                await SendAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                SelfLog.SendFailed(log, fault);
            }

            await Task.Delay(Every, time, stoppingToken);
        }
    }

    /// <summary>Looks up in the store what was acknowledged since the last time.</summary>
    private async Task<ReadBack> ReadBackAsync(CancellationToken cancellationToken)
    {
        var promised = acknowledged.Take();
        if (promised.Count == 0)
        {
            return default;
        }

        await using var scope = scopes.CreateAsyncScope();
        var ids = promised.Keys.ToList();
        var found = await scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<IntakeBatchRow>().AsNoTracking()
            .Where(row => ids.Contains(row.Id))
            .SumAsync(row => (long)row.Accepted, cancellationToken);
        return new ReadBack(found, promised.Values.Sum(accepted => (long)accepted));
    }

    private void Collect(ReadBack readBack, Counter<long> dropped)
    {
        var minutes = meter.Take();
        var minute = Instants.MinuteOf(time.NowMs());
        if (minutes.Count == 0 && readBack.Promised == 0 && minute == lastMinute)
        {
            return;
        }

        // A quiet minute is a measured one: nobody asked.
        minutes = minutes.Count > 0 || minute == lastMinute ? minutes : [new MeasuredMinute(minute, 0, 0, [])];
        lastMinute = minute;
        var id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{process}-{++sequence}");
        waiting.Enqueue((id, SelfBatch.Write(id, minutes, minute, readBack)));
        if (waiting.Count > MostWaiting)
        {
            waiting.Dequeue();
            dropped.Add(1);
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        while (waiting.TryPeek(out var batch))
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CallerContext>().Current = Caller.WithKey(CallerName);
            var outcome = await scope.ServiceProvider.GetRequiredService<IDispatcher>()
                .Send(new IngestSamples(batch.Body, IsNdjson: false, BatchId: null), cancellationToken);
            if (outcome.Failure?.Kind == FailureKind.Unavailable)
            {
                return;
            }

            if (outcome.Failure is { } refused)
            {
                // For instance because the catalog no longer has these series: sending it again would not help.
                SelfLog.Refused(log, refused.Message);
            }

            waiting.Dequeue();
        }
    }
}
