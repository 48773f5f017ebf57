namespace OpsDashboard.Domain.Contracts;

/// <summary>A downtime per month that a contract prints beside an uptime was worked out for a month of some length; real ones have 28 to 31 days.</summary>
internal static class PrintedDowntimeRule
{
    private const decimal SecondsPerDay = 86_400;
    private const decimal MeanMonthDays = 365.25m / 12;

    public static IEnumerable<ContractFinding> Find(IReadOnlyList<ContractFigure> figures)
    {
        var uptimes = figures.Where(figure => figure.Role == FigureRole.Uptime).ToDictionary(figure => figure.Id, StringComparer.Ordinal);
        foreach (var printed in figures.Where(figure => figure.Role == FigureRole.PrintedDowntime))
        {
            if (printed.Of is [var id] && uptimes.TryGetValue(id, out var uptime) && Describe(printed, uptime) is { } why)
            {
                yield return new(
                    ContractRule.PrintedDowntime,
                    FindingKind.Difference,
                    $"{FigureText.Percent(uptime.Value)} is printed as {FigureText.Of(printed)} a month",
                    why,
                    [printed, uptime]);
            }
        }
    }

    private static string? Describe(ContractFigure printed, ContractFigure uptime)
    {
        var fitting = Enumerable.Range(28, 4).Where(days => Fits(days)).ToList();
        if (fitting.Count == 4)
        {
            return null;
        }

        var real = $"A real month leaves {FigureText.Duration(Allowed(28))} (28 days) to {FigureText.Duration(Allowed(31))} (31 days); that is what is measured.";
        return fitting.Count > 0 ? $"That is exact only in a month of {string.Join(" or ", fitting)} days. {real}"
            : Fits(MeanMonthDays) ? $"That assumes a month of 365.25 / 12 days, which none has. {real}"
            : $"It fits no month of 28 to 31 days. {real}";

        decimal Allowed(decimal days) => (1 - uptime.Value) * days * SecondsPerDay;

        bool Fits(decimal days) => Math.Abs(Allowed(days) - printed.Value) < printed.PrecisionSeconds;
    }
}
