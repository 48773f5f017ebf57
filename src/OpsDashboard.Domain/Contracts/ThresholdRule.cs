namespace OpsDashboard.Domain.Contracts;

/// <summary>Somebody is to know before a deployment is taken back by itself.</summary>
internal static class ThresholdRule
{
    public static IEnumerable<ContractFinding> Find(IReadOnlyList<ContractFigure> figures)
    {
        var rollbacks = figures.Where(figure => figure.Role == FigureRole.Rollback).ToLookup(figure => (figure.Platform, figure.Measure));
        foreach (var paging in figures.Where(figure => figure.Role == FigureRole.Paging))
        {
            foreach (var rollback in rollbacks[(paging.Platform, paging.Measure)].Where(rollback => paging.Value > rollback.Value))
            {
                yield return new(
                    ContractRule.PagingAboveRollback,
                    FindingKind.Contradiction,
                    $"{paging.Measure}: paged later than rolled back",
                    $"A deployment is taken back at {FigureText.Of(rollback)}, but somebody is paged only at {FigureText.Of(paging)}: what rolls back may wake nobody.",
                    [paging, rollback]);
            }
        }
    }
}
