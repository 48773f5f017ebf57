namespace OpsDashboard.Domain.Kpis;

/// <summary>What the product makes a figure of without anybody handing it in. Each has its sentence in <see cref="KpiFormulas"/>.</summary>
public enum KpiFormula
{
    SloGoodShare,
    SloBadShare,
    SloShareInBand,
    SloEvents,
    SloEventsPerDay,
    TimeToDetect,
    TimeToRecover,
    TimeToResolveWorst,
    AcknowledgedInTime,
    ResolvedInTime,
    WorstIncidents,
    DetectedBeforeCustomers,
    DeploymentFrequency,
    ChangeFailureRate,
    DeploymentSuccess,
    TimeToProduction,
    ApprovedChanges,
    RollbackTime,
    RollbackSuccess,
    MonitoringCoverage,
    ObjectivesKept,
    AgreementsKept,
}

/// <param name="Slos">The objectives it is made of: one; of a band the lower bound's and the upper bound's.</param>
public sealed record KpiComputation(KpiFormula Formula, IReadOnlyList<string> Slos);

/// <summary>The formulas in words, as they stand on screen.</summary>
public static class KpiFormulas
{
    public static string Say(KpiComputation computation) => computation.Formula switch
    {
        KpiFormula.SloGoodShare => $"Share of the period's events or minutes that were good by the objective {computation.Slos[0]}: good / total.",
        KpiFormula.SloBadShare => $"Share of the period's events or minutes that were bad by the objective {computation.Slos[0]}: 1 − good / total.",
        KpiFormula.SloShareInBand => $"Share of the period's minutes inside the band: share at or above its lower end ({computation.Slos[0]}) + share at or below its upper end ({computation.Slos[1]}) − 1.",
        KpiFormula.SloEvents => $"All events of the period that the objective {computation.Slos[0]} counted.",
        KpiFormula.SloEventsPerDay => $"All events of the period that the objective {computation.Slos[0]} counted, for each of its days so far.",
        KpiFormula.TimeToDetect => "Mean of detection − start over the platform's incidents detected in the period; merged ones count once.",
        KpiFormula.TimeToRecover => "Mean of resolution − start over the platform's incidents detected in the period that are resolved.",
        KpiFormula.TimeToResolveWorst => "Mean of resolution − start over the incidents of the highest severity detected in the period that are resolved.",
        KpiFormula.AcknowledgedInTime => "Of the period's incidents of the highest severity, the share acknowledged within 5 minutes of detection.",
        KpiFormula.ResolvedInTime => "Of the period's resolved incidents with a clock, the share that missed none of their clocks.",
        KpiFormula.WorstIncidents => "Number of the platform's incidents of the highest severity detected in the period.",
        KpiFormula.DetectedBeforeCustomers => "Of the platform's incidents detected in the period, the share that no customer had reported. The contract does not say how it is told that customers felt nothing.",
        KpiFormula.DeploymentFrequency => "Deployments to production that ended in the period, for each of its days so far.",
        KpiFormula.ChangeFailureRate => "Of the deployments to production that ended in the period, the share that failed or was rolled back.",
        KpiFormula.DeploymentSuccess => "Of the deployments to production that ended in the period, the share that neither failed nor was rolled back.",
        KpiFormula.TimeToProduction => "Median of end − start over the deployments to production that ended well in the period.",
        KpiFormula.ApprovedChanges => "Of the deployments to production that ended in the period, the share that kept every rule of the deployment process.",
        KpiFormula.RollbackTime => "Longest rollback of the period: from the start of its stage to service as before.",
        KpiFormula.RollbackSuccess => "Of the deployments rolled back in the period, the share after which service was as before.",
        KpiFormula.MonitoringCoverage => "Of the platform's services in the catalog, the share with at least one objective that had enough data in the period.",
        KpiFormula.ObjectivesKept => "Of the platform's objectives with enough data in the period, the share that kept within their error budget.",
        KpiFormula.AgreementsKept => "Of the agreements that bind an objective of the platform and were measured in the period, the share whose promised uptime was kept.",
    };

    /// <summary>How many objectives a formula takes.</summary>
    public static int Slos(KpiFormula formula) => formula switch
    {
        KpiFormula.SloShareInBand => 2,
        KpiFormula.SloGoodShare or KpiFormula.SloBadShare or KpiFormula.SloEvents or KpiFormula.SloEventsPerDay => 1,
        _ => 0,
    };
}
