namespace OpsDashboard.Domain.Contracts;

/// <summary>Maintenance that is planned must fit what is forgiven. Across platforms it is a difference: it counts for whoever runs both on one infrastructure.</summary>
internal static class MaintenanceRule
{
    public static IEnumerable<ContractFinding> Find(IReadOnlyList<ContractFigure> figures)
    {
        foreach (var planned in figures.Where(figure => figure.Role == FigureRole.PlannedMaintenance))
        {
            foreach (var cap in figures.Where(figure => figure.Role == FigureRole.MaintenanceCap && (planned.Upper ?? planned.Value) > figure.Value).DistinctBy(figure => (figure.Platform, figure.Value)))
            {
                var isOne = cap.Platform == planned.Platform;
                yield return new(
                    ContractRule.MaintenanceAboveCap,
                    isOne ? FindingKind.Contradiction : FindingKind.Difference,
                    $"Maintenance of {FigureText.Of(planned)} a month against a cap of {FigureText.Of(cap)}",
                    isOne
                        ? "What goes beyond the cap counts as downtime."
                        : $"{planned.Platform} plans it, {cap.Platform} forgives less. On one infrastructure the rest would count as downtime of {cap.Platform}.",
                    [planned, cap]);
            }
        }
    }
}
