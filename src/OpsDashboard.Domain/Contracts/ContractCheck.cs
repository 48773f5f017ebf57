namespace OpsDashboard.Domain.Contracts;

/// <summary>
/// Looks for figures that do not fit each other. It knows rules, not cases: which figures speak of one thing is told by their measure,
/// and whatever a person changes is judged by the same rules.
/// </summary>
public static class ContractCheck
{
    /// <summary>Contradictions first; within a kind in the order of the rules.</summary>
    public static IReadOnlyList<ContractFinding> Run(IReadOnlyList<ContractFigure> figures) =>
    [
        .. new[]
            {
                UptimeRules.Recovery(figures),
                AgreementRule.Find(figures),
                UptimeRules.Detection(figures),
                ThresholdRule.Find(figures),
                MeasureRule.Find(figures),
                PrintedDowntimeRule.Find(figures),
                MaintenanceRule.Find(figures),
                ClockRule.Find(figures),
            }
            .SelectMany(found => found)
            .OrderBy(finding => finding.Kind),
    ];
}
