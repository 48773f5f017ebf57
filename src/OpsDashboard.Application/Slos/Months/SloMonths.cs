using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Slos.Evaluation;

namespace OpsDashboard.Application.Slos.Months;

/// <summary>
/// Months of all objectives: closed ones from what was stored when they closed, others counted from the stored hours.
/// </summary>
public sealed class SloMonths
{
    private readonly IServiceScopeFactory scopes;
    private readonly OpenMonths open;
    private readonly TimeProvider time;

    internal SloMonths(IServiceScopeFactory scopes, OpenMonths open, TimeProvider time)
    {
        this.scopes = scopes;
        this.open = open;
        this.time = time;
    }

    /// <summary>Results of [from, to], oldest first. A month from before the first measurement has none.</summary>
    public async Task<IReadOnlyList<MonthResult>> ReadAsync(YearMonth from, YearMonth to, CancellationToken cancellationToken)
    {
        var nowMs = time.NowMs();
        var results = await ReadClosedAsync(from, to, cancellationToken);
        var closed = results.Select(result => result.Month).ToHashSet();
        for (var month = from; month <= to && month <= YearMonth.Of(Instants.ToInstant(nowMs)); month = month.Plus(1))
        {
            if (!closed.Contains(month))
            {
                results.AddRange(await open.ReadAsync(month, cancellationToken));
            }
        }

        return results;
    }

    private async Task<List<MonthResult>> ReadClosedAsync(YearMonth from, YearMonth to, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var (first, last) = (from.Number, to.Number);
        var rows = await db.Set<SloMonthRow>().AsNoTracking()
            .Where(row => row.Month >= first && row.Month <= last)
            .Join(
                db.Set<SloRevisionRow>(),
                row => new { row.SloId, Version = row.SloVersion },
                revision => new { revision.SloId, revision.Version },
                (row, revision) => new { Row = row, revision.Definition })
            .OrderBy(pair => pair.Row.Month)
            .ToListAsync(cancellationToken);
        var definitions = new Dictionary<string, SloDefinition>(StringComparer.Ordinal);
        return rows.ConvertAll(pair =>
        {
            if (!definitions.TryGetValue(pair.Definition, out var definition))
            {
                definitions[pair.Definition] = definition = JsonSerializer.Deserialize<SloDefinition>(pair.Definition, StoreJson.Options)!;
            }

            return ToResult(pair.Row, definition);
        });
    }

    internal static async Task MaintenanceTerms(OpsDbContext db, List<Objective> objectives, CancellationToken cancellationToken)
    {
        var windows = await db.Set<MaintenanceRow>().AsNoTracking().ToListAsync(cancellationToken);
        foreach (var objective in objectives)
        {
            objective.TakeMaintenance(windows);
        }
    }

    internal static MonthResult ToResult(MonthJudge.Judged judged, YearMonth month)
    {
        var evaluation = judged.Evaluation;
        return new MonthResult(
            month,
            judged.Revision.Definition,
            StateOf(judged.Revision.Definition, evaluation.Total, evaluation.Coverage, evaluation.Budget.IsOverspent),
            evaluation.Sli,
            evaluation.Good,
            evaluation.Total,
            evaluation.BadSeconds,
            evaluation.ExcludedSeconds,
            evaluation.Coverage,
            evaluation.Budget.Total,
            evaluation.Budget.RemainingRatio,
            IsClosed: false);
    }

    private static MonthResult ToResult(SloMonthRow row, SloDefinition definition) => new(
        YearMonth.FromNumber(row.Month),
        definition,
        StateOf(definition, row.Total, row.Coverage, row.RemainingRatio < 0),
        row.Sli,
        row.Good,
        row.Total,
        row.BadSeconds,
        row.ExcludedSeconds,
        row.Coverage,
        row.BudgetTotal,
        row.RemainingRatio,
        IsClosed: true);

    // By the rule of the live state: a month of which too little was seen is neither kept nor breached.
    private static SloState StateOf(SloDefinition definition, decimal total, decimal coverage, bool overspent) =>
        !definition.MayJudge(total, coverage) ? SloState.NoData : overspent ? SloState.Breached : SloState.Healthy;
}
