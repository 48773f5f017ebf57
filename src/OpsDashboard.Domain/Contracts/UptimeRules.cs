namespace OpsDashboard.Domain.Contracts;

/// <summary>What an outage of an allowed length does to an uptime.</summary>
internal static class UptimeRules
{
    private const int SecondsPerDay = 86_400;

    /// <summary>A recovery that takes what it may is an outage of that length: it must fit the downtime an uptime leaves.</summary>
    public static IEnumerable<ContractFinding> Recovery(IReadOnlyList<ContractFigure> figures)
    {
        foreach (var recovery in figures.Where(figure => figure.Role == FigureRole.Recovery))
        {
            var broken = Broken(recovery, figures);
            if (broken is [var strictest, ..])
            {
                yield return new(
                    ContractRule.RecoveryBreaksUptime,
                    FindingKind.Contradiction,
                    $"{recovery.Name}: one in {FigureText.Of(recovery)} breaks {FigureText.Of(strictest)}",
                    $"One recovery that takes the allowed {FigureText.Of(recovery)} makes {Window(strictest)} {FigureText.Percent(decimal.Round(UptimeAfter(recovery, strictest), 6))}.{Credit(recovery, broken)}",
                    [recovery, .. broken]);
            }
        }
    }

    /// <summary>An outage lasts at least until it is seen.</summary>
    public static IEnumerable<ContractFinding> Detection(IReadOnlyList<ContractFigure> figures)
    {
        foreach (var detection in figures.Where(figure => figure.Role == FigureRole.Detection))
        {
            var broken = Broken(detection, figures);
            if (broken is [var strictest, ..])
            {
                yield return new(
                    ContractRule.DetectionLongerThanBudget,
                    FindingKind.Contradiction,
                    $"{detection.Name}: {FigureText.Of(detection)} unseen is more than {FigureText.Of(strictest)} allows",
                    $"{FigureText.Of(strictest)} leaves {FigureText.Duration(Allowed(strictest))} of downtime in {Window(strictest)}: an outage found as late as it may be has spent it before anybody knows.",
                    [detection, .. broken]);
            }
        }
    }

    /// <summary>The strictest first.</summary>
    private static List<ContractFigure> Broken(ContractFigure outage, IReadOnlyList<ContractFigure> figures) =>
    [
        .. figures
            .Where(figure => figure.Role == FigureRole.Uptime && figure.Platform == outage.Platform && figure.MeetsTierOf(outage) && outage.Value > Allowed(figure))
            .OrderByDescending(figure => figure.Value)
            .ThenBy(figure => figure.Id, StringComparer.Ordinal),
    ];

    private static decimal Allowed(ContractFigure uptime) => (1 - uptime.Value) * uptime.WindowDays * SecondsPerDay;

    private static decimal UptimeAfter(ContractFigure outage, ContractFigure uptime) => Math.Max(0, 1 - (outage.Value / (uptime.WindowDays * SecondsPerDay)));

    private static string Window(ContractFigure uptime) => $"a {uptime.WindowDays}-day {(uptime.WindowDays == 30 ? "month" : "window")}";

    private static string Credit(ContractFigure outage, List<ContractFigure> broken)
    {
        var due = broken
            .Select(uptime => (uptime.Tier, Band: uptime.Credits.FirstOrDefault(band => UptimeAfter(outage, uptime) < band.Below && UptimeAfter(outage, uptime) >= band.AtLeast)))
            .FirstOrDefault(pair => pair.Band is not null);
        return due.Band is { } band ? FormattableString.Invariant($" That is a {band.CreditPercent:0.##} % credit{(due.Tier is { } tier ? $" at the tier {tier}" : "")}.") : "";
    }
}
