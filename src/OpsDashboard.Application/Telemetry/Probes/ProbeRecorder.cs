using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Telemetry.Intake;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Telemetry.Probes;

/// <summary>Hands results to the intake, and keeps the newest of each probe for the screens, many in one write.</summary>
internal sealed class ProbeRecorder(IServiceScopeFactory scopes, IntakeWriter writer, FeedSignal signal, ILogger<ProbeRecorder> log)
{
    public const string Topic = "sources";
    public const string Key = "all";
    private const string KeyName = "probe";

    private readonly ConcurrentDictionary<int, (ProbeResult Result, long AtMs)> newest = new();

    /// <param name="atMs">When the run began; with the probe it names the batch.</param>
    public async Task RecordAsync(ProbeRow probe, ProbeResult result, long atMs, CancellationToken cancellationToken)
    {
        newest[probe.Id] = (result, atMs);
        if (result.Verdict == ProbeVerdict.Refused)
        {
            // Nothing was measured, so there is nothing to judge: no data is not down.
            return;
        }

        var batch = new SampleBatch
        {
            BatchId = string.Create(CultureInfo.InvariantCulture, $"{probe.Id}/{atMs}"),
            Accepted = 1,
            Rejected = [],
            Minutes = Minutes(probe, result, TimeIndex.MinuteOf(atMs)),
        };
        if (writer.Submit(KeyName, batch) is not { } pending)
        {
            SourceLog.ProbeNotCommitted(log, probe.Path, null);
            return;
        }

        try
        {
            await pending.Committed.WaitAsync(cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            SourceLog.ProbeNotCommitted(log, probe.Path, fault);
        }
    }

    /// <summary>Writes the newest results that are not written yet.</summary>
    public async Task FlushAsync(long nowMs, CancellationToken cancellationToken)
    {
        var due = newest.ToArray();
        if (due.Length == 0)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var ids = due.Select(one => one.Key).ToList();
        foreach (var row in await db.Set<ProbeRow>().Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken))
        {
            var (result, atMs) = newest[row.Id];
            row.LastAtMs = atMs;
            row.LastVerdict = result.Verdict;
            row.LastMilliseconds = result.Milliseconds;
            row.LastDaysLeft = result.DaysLeft;
            row.LastDetail = result.Detail.Length > ProbeRowMapping.MaxDetailLength ? result.Detail[..ProbeRowMapping.MaxDetailLength] : result.Detail;
        }

        db.Announce(nowMs, (Topic, Key));
        await db.SaveChangesAsync(cancellationToken);
        foreach (var written in due)
        {
            // One that came in between stays for the next time.
            newest.TryRemove(written);
        }

        signal.Nudge();
    }

    private static List<SeriesMinute> Minutes(ProbeRow probe, ProbeResult result, int minute)
    {
        var minutes = new List<SeriesMinute>
        {
            new(probe.AvailabilitySeriesId, minute, MinuteCell.OfEvents(result.Verdict == ProbeVerdict.Up ? 1 : 0, 1)),
        };
        if (result.Milliseconds is { } took)
        {
            var histogram = new LatencyHistogram();
            histogram.Add(took);
            minutes.Add(new SeriesMinute(probe.MeasureSeriesId, minute, MinuteCell.OfLatencies(histogram)));
        }
        else if (result.DaysLeft is { } days)
        {
            minutes.Add(new SeriesMinute(probe.MeasureSeriesId, minute, MinuteCell.OfValue(days)));
        }

        return minutes;
    }
}
