namespace OpsDashboard.Domain.Slos;

/// <summary>Multi-window, multi-burn-rate alerts as in the SRE Workbook, chapter 5, table 5-8.</summary>
public static class BurnAlertRules
{
    private static readonly (AlertSeverity Severity, int Long, int Short, decimal BudgetFraction)[] Recommended =
    [
        (AlertSeverity.Page, 60, 5, 0.02m),
        (AlertSeverity.Page, 360, 30, 0.05m),
        (AlertSeverity.Ticket, 1440, 120, 0.10m),
        (AlertSeverity.Ticket, 4320, 360, 0.10m),
    ];

    /// <summary>
    /// The four recommended rules for a window: 14.4, 6, 3 and 1 for 30 days. A rule fires when its long window has spent 2 %, 5 %,
    /// 10 % or 10 % of the budget, so the thresholds follow the window's length.
    /// </summary>
    public static IReadOnlyList<BurnAlertRule> ScaledTo(int windowMinutes) =>
        [.. Recommended.Select(r => new BurnAlertRule(r.Severity, r.Long, r.Short, ThresholdFor(r.BudgetFraction, windowMinutes, r.Long)))];

    /// <summary>Those of the recommended rules that can fire: shorter than the window, and below the target's maximum burn rate.</summary>
    public static IReadOnlyList<BurnAlertRule> DefaultsFor(SloWindow window, decimal target)
    {
        var minutes = WindowSpan.NominalMinutes(window);
        return [.. ScaledTo(minutes).Where(r => r.LongWindowMinutes < minutes && CanFire(r.Threshold, target))];
    }

    /// <summary>The burn rate that spends a fraction of the budget within the long window.</summary>
    public static decimal ThresholdFor(decimal budgetFraction, int windowMinutes, int longWindowMinutes) =>
        budgetFraction * windowMinutes / longWindowMinutes;

    /// <summary>A threshold is only ever exceeded when it lies below the maximum burn rate.</summary>
    public static bool CanFire(decimal threshold, decimal target) => threshold * (1m - target) < 1m;

    /// <summary>Seconds of a steady error ratio, after none, until the long window reaches the threshold; null if it never does.</summary>
    public static decimal? SecondsToTrip(decimal target, decimal threshold, decimal longWindowSeconds, decimal errorRatio)
    {
        var needed = threshold * (1m - target);
        return errorRatio > 0 && needed <= errorRatio ? needed / errorRatio * longWindowSeconds : null;
    }

    /// <summary>Does the rule fire on what its two windows hold?</summary>
    /// <param name="minimumUnits">Events, or slices for slice methods, that the long window must hold.</param>
    /// <param name="hasFullHistory">False while the series is younger than the long window: the rule waits.</param>
    public static bool Fires(BurnAlertRule rule, decimal target, in SloTally longWindow, in SloTally shortWindow, decimal minimumUnits, bool hasFullHistory) =>
        hasFullHistory
        && longWindow.Total >= minimumUnits
        && Burn.Exceeds(target, shortWindow, rule.Threshold)
        && Burn.Exceeds(target, longWindow, rule.Threshold);
}
