using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Application.Slos.History;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Slos.Months;

/// <summary>
/// Stores what a month came to once no late sample can change it any more: 48 h after its end. From then on the row is what every
/// page and report reads.
/// </summary>
internal sealed class MonthCloser(
    IServiceScopeFactory scopes,
    MonthJudge judge,
    StoredHours hours,
    SeriesDirectory directory,
    TimeProvider time,
    ILogger<MonthCloser> log)
{
    private const long GraceMs = 48 * Instants.HourMs;
    private const int MonthsBack = 13;

    /// <summary>Closes every month that is due and has data; none while somebody still writes whole hours of history.</summary>
    /// <returns>How many results were stored.</returns>
    public async Task<int> CloseAsync(CancellationToken cancellationToken)
    {
        var nowMs = time.NowMs();
        if (await IsHistoryUnderWayAsync(nowMs, cancellationToken))
        {
            return 0;
        }

        var newest = YearMonth.Of(Instants.ToInstant(nowMs - GraceMs)).Plus(-1);
        var stored = 0;
        for (var month = newest.Plus(1 - MonthsBack); month <= newest; month = month.Plus(1))
        {
            stored += await CloseAsync(month, nowMs, cancellationToken);
        }

        await RememberAsync(newest, cancellationToken);
        return stored;
    }

    private async Task<bool> IsHistoryUnderWayAsync(long nowMs, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OpsDbContext>().IsHistoryUnderWayAsync(nowMs, cancellationToken);
    }

    private async Task RememberAsync(YearMonth newest, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var number = newest.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var row = await db.Set<SettingRow>().SingleOrDefaultAsync(setting => setting.Name == MonthHold.ClosedThrough, cancellationToken);
        if (row is null)
        {
            db.Add(new SettingRow { Name = MonthHold.ClosedThrough, Value = number });
        }
        else
        {
            row.Value = number;
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<int> CloseAsync(YearMonth month, long nowMs, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var number = month.Number;
        var done = await db.Set<SloMonthRow>().Where(row => row.Month == number).Select(row => row.SloId).ToListAsync(cancellationToken);
        var objectives = await db.LoadObjectivesAsync(directory, null, cancellationToken);
        objectives.RemoveAll(objective => done.Contains(objective.SloId));
        var measured = await hours.WithDataInAsync(objectives.Select(objective => objective.SeriesId), HourOf(month.Start), HourOf(month.End), cancellationToken);
        objectives.RemoveAll(objective => !measured.Contains(objective.SeriesId));
        if (objectives.Count == 0)
        {
            return 0;
        }

        await SloMonths.MaintenanceTerms(db, objectives, cancellationToken);
        var judged = await judge.JudgeAsync(objectives, month, nowMs, cancellationToken);
        // A month without any data is not closed: an import may still bring its history.
        var rows = judged.Where(one => one.Evaluation.Total > 0).Select(one => ToRow(one, number, nowMs)).ToList();
        if (rows.Count == 0)
        {
            return 0;
        }

        db.AddRange(rows);
        db.Announce(nowMs, ("dashboard", "executive"));
        await db.SaveChangesAsync(cancellationToken);
        EvaluatorLog.MonthClosed(log, month.ToString(), rows.Count);
        return rows.Count;
    }

    private static int HourOf(DateTimeOffset instant) => TimeIndex.HourOf(TimeIndex.MinuteOf(instant.ToUnixTimeMilliseconds()));

    private static SloMonthRow ToRow(MonthJudge.Judged judged, int month, long nowMs)
    {
        var evaluation = judged.Evaluation;
        return new SloMonthRow
        {
            SloId = judged.Objective.SloId,
            Month = month,
            Target = judged.Revision.Definition.Target,
            Sli = evaluation.Sli is { } sli ? decimal.Round(sli, 12) : null,
            Good = evaluation.Good,
            Total = evaluation.Total,
            BadSeconds = (long)decimal.Round(evaluation.BadSeconds),
            ExcludedSeconds = evaluation.ExcludedSeconds,
            Coverage = decimal.Round(evaluation.Coverage, 6),
            BudgetTotal = evaluation.Budget.Total,
            RemainingRatio = evaluation.Budget.RemainingRatio is { } left ? decimal.Round(left, 12) : null,
            SloVersion = judged.Revision.Version,
            ClosedAtMs = nowMs,
        };
    }
}
