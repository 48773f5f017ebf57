using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Application.Telemetry.Intake;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Slos.Evaluation;

/// <summary>
/// Follows the feed and judges the objectives concerned; once a minute all of them, because time passes for every window.
/// </summary>
internal sealed class Evaluator(
    IServiceScopeFactory scopes,
    StatusWriter writer,
    StatusBoard board,
    StoredHours hours,
    SeriesDirectory directory,
    FeedTail tail,
    FeedSignal signal,
    EvaluatorMetrics metrics)
{
    /// <summary>Feed topic of a worker's concern: paths of objectives that were defined or edited, one a line.</summary>
    public const string ObjectivesTopic = "$objectives";

    private const int WritePage = 250;

    private readonly EvaluatorState state = new();
    private int judgedMinute;

    /// <summary>Builds everything from the store and judges all objectives.</summary>
    /// <returns>False when the lease was lost meanwhile.</returns>
    public async Task<bool> StartAsync(long nowMs, CancellationToken cancellationToken)
    {
        // First the cursor, then the data: what is committed in between is applied twice, which is harmless, never missed.
        await tail.StartAtEndAsync(cancellationToken);
        state.Clear();
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
            foreach (var objective in await db.LoadObjectivesAsync(directory, null, cancellationToken))
            {
                objective.Reset(nowMs, null);
                state.Put(objective);
            }

            await LoadHistoryAsync(nowMs, cancellationToken);
            await LoadMaintenanceAsync(db, nowMs, cancellationToken);
        }

        judgedMinute = TimeIndex.MinuteOf(nowMs);
        return await JudgeAsync([.. state.All], nowMs, cancellationToken);
    }

    /// <summary>Takes in what changed and judges what it concerns.</summary>
    /// <returns>False when the lease was lost, or the feed could not be followed: start again.</returns>
    public async Task<bool> StepAsync(long nowMs, CancellationToken cancellationToken)
    {
        var rows = await tail.ReadAsync(cancellationToken);
        if (tail.LostTrack)
        {
            return false;
        }

        var concerned = new HashSet<Objective>();
        if (rows.Count > 0)
        {
            await TakeInAsync(rows, concerned, nowMs, cancellationToken);
        }

        var minute = TimeIndex.MinuteOf(nowMs);
        if (minute != judgedMinute)
        {
            await RenewTrackersAsync([.. state.All.Where(objective => objective.NeedsNewTracker(nowMs))], nowMs, cancellationToken);
            concerned.UnionWith(state.All);
            judgedMinute = minute;
        }

        return concerned.Count == 0 || await JudgeAsync([.. concerned], nowMs, cancellationToken);
    }

    private async Task TakeInAsync(IReadOnlyList<ChangeRow> rows, HashSet<Objective> concerned, long nowMs, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var changed = rows
            .Where(row => row.Topic == ObjectivesTopic)
            .SelectMany(row => System.Text.Encoding.UTF8.GetString(row.Detail).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .ToHashSet(StringComparer.Ordinal);
        if (changed.Count > 0)
        {
            concerned.UnionWith(await ReloadAsync(db, changed, nowMs, cancellationToken));
        }

        if (rows.Any(row => row.Topic == Subjects.FeedTopic && Subjects.Unpack(row).Any(notice => notice.Topic == "maintenance")))
        {
            await LoadMaintenanceAsync(db, nowMs, cancellationToken);
            concerned.UnionWith(state.All.Where(objective => objective.Current.Definition.Maintenance is not null));
        }

        var touched = rows
            .Where(row => row.Topic == SamplesCommitted.FeedTopic)
            .SelectMany(row => SamplesCommitted.Unpack(row.Detail))
            .Where(hour => state.IsRead(hour.SeriesId))
            .ToHashSet();
        foreach (var stored in await hours.NamedAsync(touched, cancellationToken))
        {
            concerned.UnionWith(state.Apply(stored.SeriesId, stored.Hour, stored.Data));
        }
    }

    private async Task<List<Objective>> ReloadAsync(OpsDbContext db, IReadOnlyCollection<string> paths, long nowMs, CancellationToken cancellationToken)
    {
        var reloaded = await db.LoadObjectivesAsync(directory, paths, cancellationToken);
        foreach (var gone in paths.Except(reloaded.Select(objective => objective.Path), StringComparer.Ordinal))
        {
            state.Remove(gone);
            board.Remove(gone);
        }

        foreach (var objective in reloaded)
        {
            objective.Reset(nowMs, null);
            state.Put(objective);
        }

        await LoadMaintenanceAsync(db, nowMs, cancellationToken);
        await RenewTrackersAsync(reloaded, nowMs, cancellationToken);
        return reloaded;
    }

    /// <summary>For a revision that came into force, or a clock that stepped: the objective's history is counted anew.</summary>
    private async Task RenewTrackersAsync(List<Objective> objectives, long nowMs, CancellationToken cancellationToken)
    {
        if (objectives.Count == 0)
        {
            return;
        }

        foreach (var objective in objectives)
        {
            objective.Reset(nowMs, null);
            var only = new HashSet<Objective> { objective };
            await foreach (var stored in hours.OfSeriesAsync(objective.SeriesId, objective.Tracker.FirstHourNeeded, int.MaxValue, cancellationToken))
            {
                state.Apply(stored.SeriesId, stored.Hour, stored.Data, only);
            }
        }
    }

    private async Task LoadHistoryAsync(long nowMs, CancellationToken cancellationToken)
    {
        if (state.All.Count == 0)
        {
            return;
        }

        var first = state.All.Min(objective => objective.Tracker.FirstHourNeeded);
        var last = TimeIndex.HourOf(TimeIndex.MinuteOf(nowMs)) + 2;
        await foreach (var stored in hours.OfAllSeriesAsync(first, last, cancellationToken))
        {
            state.Apply(stored.SeriesId, stored.Hour, stored.Data);
        }
    }

    private async Task LoadMaintenanceAsync(OpsDbContext db, long nowMs, CancellationToken cancellationToken)
    {
        var since = nowMs - (400 * Instants.DayMs);
        var windows = await db.Set<MaintenanceRow>().AsNoTracking().Where(row => row.EndMs > since).ToListAsync(cancellationToken);
        foreach (var objective in state.All)
        {
            objective.TakeMaintenance(windows);
        }
    }

    private async Task<bool> JudgeAsync(List<Objective> objectives, long nowMs, CancellationToken cancellationToken)
    {
        var minute = TimeIndex.MinuteOf(nowMs);
        await SupplyAsync(objectives, minute, cancellationToken);
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        var verdicts = objectives.ConvertAll(objective =>
            new Verdict(objective, objective.Tracker.Evaluate(minute, objective.Maintenance).ToStatus(objective.Current, nowMs)));
        metrics.Judged(verdicts.Count, System.Diagnostics.Stopwatch.GetElapsedTime(began));
        // Pages keep the write lock short, so that samples need not wait for a thousand statuses.
        foreach (var page in verdicts.Chunk(WritePage))
        {
            if (!await writer.WriteAsync(page, nowMs, cancellationToken))
            {
                return false;
            }

            board.Accept(page.Select(verdict => verdict.Status));
            signal.Nudge();
        }

        return true;
    }

    /// <summary>Fetches the minutes of older hours that a window or a maintenance begins or ends in.</summary>
    private async Task SupplyAsync(List<Objective> objectives, int minute, CancellationToken cancellationToken)
    {
        var missing = new List<(Objective Objective, int Hour)>();
        foreach (var objective in objectives)
        {
            if (objective.SuppliedMinute != minute)
            {
                objective.SuppliedMinute = minute;
                missing.AddRange(objective.Tracker.MissingHours(minute, objective.Maintenance).Select(hour => (objective, hour)));
            }
        }

        if (missing.Count == 0)
        {
            return;
        }

        var askers = missing.ToLookup(ask => (ask.Objective.SeriesId, ask.Hour), ask => ask.Objective);
        var found = await hours.NamedAsync(askers.Select(ask => ask.Key), cancellationToken);
        foreach (var stored in found)
        {
            state.Supply(stored.SeriesId, stored.Hour, stored.Data, askers[(stored.SeriesId, stored.Hour)]);
        }
    }
}
