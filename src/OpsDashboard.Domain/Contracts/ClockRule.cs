namespace OpsDashboard.Domain.Contracts;

/// <summary>Platforms whose severities promise different kinds of clocks cannot share one scale.</summary>
internal static class ClockRule
{
    public static IEnumerable<ContractFinding> Find(IReadOnlyList<ContractFigure> figures)
    {
        var scales = figures.Where(figure => figure.Role == FigureRole.Clock)
            .GroupBy(figure => figure.Platform, StringComparer.Ordinal)
            .Select(platform => (Platform: platform.Key, Clocks: platform.ToList(), Kinds: platform.Select(clock => KindOf(clock)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList()))
            .ToList();
        foreach (var (one, other) in scales.SelectMany((one, index) => scales.Skip(index + 1).Select(other => (one, other))))
        {
            if (!one.Kinds.SequenceEqual(other.Kinds, StringComparer.Ordinal))
            {
                yield return new(
                    ContractRule.DifferentClocks,
                    FindingKind.Difference,
                    $"The severities of {one.Platform} and {other.Platform} run different clocks",
                    $"{one.Platform}: {string.Join(", ", one.Kinds)}. {other.Platform}: {string.Join(", ", other.Kinds)}. Each platform keeps a scale of its own.",
                    [one.Clocks[0], other.Clocks[0]]);
            }
        }
    }

    /// <summary>Its name is the severity's, the kind's and the tier's, in this order.</summary>
    private static string KindOf(ContractFigure clock) => clock.Name.Split(", ")[1];
}
