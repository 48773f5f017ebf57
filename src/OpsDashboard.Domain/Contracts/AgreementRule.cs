namespace OpsDashboard.Domain.Contracts;

/// <summary>What a customer was promised must be watched at least as strictly inside.</summary>
internal static class AgreementRule
{
    public static IEnumerable<ContractFinding> Find(IReadOnlyList<ContractFigure> figures)
    {
        var objectives = figures.Where(figure => figure.Id.StartsWith("slo:", StringComparison.Ordinal)).ToDictionary(figure => figure.Id["slo:".Length..], StringComparer.Ordinal);
        foreach (var agreement in figures.Where(figure => figure.Role == FigureRole.Agreement))
        {
            var looser = agreement.Of.Select(objectives.GetValueOrDefault).OfType<ContractFigure>()
                .Where(objective => objective.Role == FigureRole.Uptime && objective.Value < agreement.Value).ToList();
            if (looser.Count > 0)
            {
                yield return new(
                    ContractRule.ObjectiveLooserThanAgreement,
                    FindingKind.Contradiction,
                    $"{looser[0].Name} is looser than {agreement.Name}",
                    $"The agreement promises {FigureText.Of(agreement)}; the objective behind it is content with {FigureText.Of(looser[0])}. It would still be green when the promise is broken.",
                    [agreement, .. looser]);
            }
        }
    }
}
