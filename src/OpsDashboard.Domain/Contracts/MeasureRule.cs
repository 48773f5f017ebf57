namespace OpsDashboard.Domain.Contracts;

/// <summary>Two clauses, one measure, different numbers. Tiers are meant to differ; what holds for all is set against the strictest of them.</summary>
internal static class MeasureRule
{
    public static IEnumerable<ContractFinding> Find(IReadOnlyList<ContractFigure> figures)
    {
        foreach (var measure in figures.Where(figure => figure.Role is not (FigureRole.PrintedDowntime or FigureRole.Agreement)).GroupBy(figure => (figure.Platform, figure.Measure, figure.Unit)))
        {
            foreach (var spoken in Comparable([.. measure]))
            {
                var numbers = spoken.DistinctBy(figure => (figure.Value, figure.Upper)).OrderBy(figure => figure, Comparer<ContractFigure>.Create((a, b) => a.IsStricterThan(b) ? -1 : b.IsStricterThan(a) ? 1 : 0)).ToList();
                if (numbers.Count > 1)
                {
                    yield return new(
                        ContractRule.DifferentNumbers,
                        FindingKind.Difference,
                        $"{Words(measure.Key.Measure, numbers[0])}: {string.Join(" and ", numbers.Select(FigureText.Of))}",
                        Why(numbers),
                        [.. spoken.OrderBy(figure => numbers.FindIndex(number => number.Value == figure.Value))]);
                }
            }
        }
    }

    private static IEnumerable<IReadOnlyList<ContractFigure>> Comparable(IReadOnlyList<ContractFigure> measure)
    {
        var forAll = measure.Where(figure => figure.Tier is null).ToList();
        if (forAll.Count == 0)
        {
            return measure.GroupBy(figure => figure.Tier, StringComparer.Ordinal).Select(tier => tier.ToList());
        }

        var strictest = measure.Where(figure => figure.Tier is not null).Aggregate((ContractFigure?)null, (best, figure) => best is null || figure.IsStricterThan(best) ? figure : best);
        return [strictest is null ? forAll : [.. forAll, strictest]];
    }

    /// <summary>A measure nobody named is called as its strictest figure is.</summary>
    private static string Words(string measure, ContractFigure strictest) => measure.StartsWith("sli:", StringComparison.Ordinal) ? strictest.Name : measure;

    private static string Why(List<ContractFigure> numbers)
    {
        if (numbers.Exists(figure => figure.Role == FigureRole.Rollback) && numbers.Exists(figure => figure.Role == FigureRole.Paging))
        {
            return "Two thresholds of one measure: somebody is paged first, and the deployment is taken back later. They are two steps, not one limit.";
        }

        var goal = numbers.Find(figure => figure.Standing == Standing.Goal);
        var promise = numbers.Find(figure => figure.Standing == Standing.Promise);
        if (goal is null || promise is null)
        {
            return $"Both are {(goal is null ? "promised" : "aimed at")}. Each stands under its own clause; whoever keeps the stricter one, {FigureText.Of(numbers[0])}, keeps both.";
        }

        return goal.IsStricterThan(promise)
            ? $"A promise of {FigureText.Of(promise)} and a goal of {FigureText.Of(goal)}: the goal may be missed without the promise being broken."
            : $"A promise of {FigureText.Of(promise)} and a goal of {FigureText.Of(goal)}: the goal is looser than what was promised, and meeting it is not enough.";
    }
}
