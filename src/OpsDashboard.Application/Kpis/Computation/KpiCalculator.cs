using OpsDashboard.Domain.Changes;
using OpsDashboard.Domain.Kpis;

namespace OpsDashboard.Application.Kpis.Computation;

/// <summary>The formulas of <see cref="KpiFormulas"/>. Null: the month holds nothing to compute it of.</summary>
internal static class KpiCalculator
{
    private const decimal Minute = 60;
    private const decimal Hour = 3_600;
    private const decimal Day = 86_400;

    public static async Task<decimal?> ComputeAsync(KpiDefinition kpi, MonthFacts facts, CancellationToken cancellationToken)
    {
        var computation = kpi.Computed!;
        return computation.Formula switch
        {
            KpiFormula.SloGoodShare => Share(facts, computation.Slos[0]),
            KpiFormula.SloBadShare => 1 - Share(facts, computation.Slos[0]),
            KpiFormula.SloShareInBand => Share(facts, computation.Slos[0]) + Share(facts, computation.Slos[1]) - 1,
            KpiFormula.SloEvents => facts.Slo(computation.Slos[0]) is { Total: > 0 } one ? one.Total : null,
            KpiFormula.SloEventsPerDay => facts.Slo(computation.Slos[0]) is { Total: > 0 } one ? one.Total / (decimal)(facts.To - facts.From).TotalDays : null,
            KpiFormula.TimeToDetect => Time(await facts.IncidentAsync(kpi.Platform, "mttd", cancellationToken), kpi.MeasuredIn),
            KpiFormula.TimeToRecover or KpiFormula.TimeToResolveWorst => Time(await facts.IncidentAsync(kpi.Platform, "mttr", cancellationToken), kpi.MeasuredIn),
            KpiFormula.AcknowledgedInTime => await facts.IncidentAsync(kpi.Platform, "acknowledged", cancellationToken),
            KpiFormula.ResolvedInTime => await facts.IncidentAsync(kpi.Platform, "in-time", cancellationToken),
            KpiFormula.WorstIncidents => await WorstAsync(kpi.Platform, facts, cancellationToken),
            KpiFormula.DetectedBeforeCustomers => await facts.IncidentAsync(kpi.Platform, "proactive", cancellationToken),
            KpiFormula.DeploymentFrequency => (await facts.DoraAsync(kpi.Platform, cancellationToken))[0].Value,
            KpiFormula.ChangeFailureRate => (await facts.DoraAsync(kpi.Platform, cancellationToken))[2].Value,
            KpiFormula.DeploymentSuccess => 1 - (await facts.DoraAsync(kpi.Platform, cancellationToken))[2].Value,
            KpiFormula.TimeToProduction => Time(await TimeToProductionAsync(kpi.Platform, facts, cancellationToken), kpi.MeasuredIn),
            KpiFormula.ApprovedChanges => PartOf(await facts.DeploymentsAsync(kpi.Platform, cancellationToken), entry => entry.Violations.Count == 0),
            KpiFormula.RollbackTime => Time(await RollbackTimeAsync(kpi.Platform, facts, cancellationToken), kpi.MeasuredIn),
            KpiFormula.RollbackSuccess => PartOf([.. (await RolledBackAsync(kpi.Platform, facts, cancellationToken))], one => one.RecoveredAt is not null),
            KpiFormula.MonitoringCoverage => await CoverageAsync(kpi.Platform, facts, cancellationToken),
            KpiFormula.ObjectivesKept => PartOf([.. facts.Judged(kpi.Platform)], result => !result.IsBreached),
            KpiFormula.AgreementsKept => PartOf([.. (await facts.StatementsAsync(kpi.Platform, cancellationToken)).Where(one => one.Met is not null)], one => one.Met == true),
        };
    }

    private static decimal? Share(MonthFacts facts, string slo) => facts.Slo(slo) is { IsJudged: true } result ? result.Sli : null;

    private static decimal? PartOf<T>(IReadOnlyList<T> all, Func<T, bool> counts) => all.Count == 0 ? null : (decimal)all.Count(counts) / all.Count;

    private static decimal? Time(decimal? seconds, KpiUnit unit) => unit switch
    {
        KpiUnit.Milliseconds => seconds * 1_000,
        KpiUnit.Minutes => seconds / Minute,
        KpiUnit.Hours => seconds / Hour,
        KpiUnit.Days => seconds / Day,
        KpiUnit.Weeks => seconds / (7 * Day),
        KpiUnit.Seconds or KpiUnit.Count or KpiUnit.Ratio or KpiUnit.Usd or KpiUnit.Factor or KpiUnit.Points or KpiUnit.PerDay or KpiUnit.YesNo => seconds,
    };

    private static async Task<decimal?> WorstAsync(string platform, MonthFacts facts, CancellationToken cancellationToken) =>
        await facts.IncidentAsync(platform, "critical", cancellationToken) is { } count && (count > 0 || facts.IsObserved(platform)) ? count : null;

    private static async Task<decimal?> TimeToProductionAsync(string platform, MonthFacts facts, CancellationToken cancellationToken) => Median(
        (await facts.DeploymentsAsync(platform, cancellationToken))
            .Where(entry => !entry.Deployment.HasFailed)
            .Select(entry => (decimal)(entry.Deployment.FinishedAt!.Value - entry.Deployment.StartedAt).TotalSeconds));

    private static async Task<IEnumerable<Deployment>> RolledBackAsync(string platform, MonthFacts facts, CancellationToken cancellationToken) =>
        (await facts.DeploymentsAsync(platform, cancellationToken)).Select(entry => entry.Deployment).Where(one => one.Outcome == DeploymentOutcome.RolledBack);

    private static async Task<decimal?> RollbackTimeAsync(string platform, MonthFacts facts, CancellationToken cancellationToken) =>
        (await RolledBackAsync(platform, facts, cancellationToken)).Where(one => one.RecoveredAt is not null).Select(DoraKeys.RollbackSeconds).Max();

    private static async Task<decimal?> CoverageAsync(string platform, MonthFacts facts, CancellationToken cancellationToken)
    {
        if (!facts.IsObserved(platform))
        {
            return null;
        }

        var watched = facts.Judged(platform).Select(result => $"{platform}/{result.Definition.Service}").ToHashSet(StringComparer.Ordinal);
        return PartOf(await facts.ServicesAsync(platform, cancellationToken), watched.Contains);
    }

    private static decimal? Median(IEnumerable<decimal> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count == 0 ? null : sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
