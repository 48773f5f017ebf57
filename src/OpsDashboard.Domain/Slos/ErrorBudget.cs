namespace OpsDashboard.Domain.Slos;

/// <summary>How much failure an objective allows over its window, and what is left of it.</summary>
/// <param name="Total">Never negative, in <paramref name="Unit"/>, as are consumed and remaining.</param>
/// <param name="Remaining">Total less consumed: negative when overspent.</param>
/// <param name="RemainingRatio">Remaining over total, signed: -1.5 means two and a half budgets were spent; null while the budget is nothing.</param>
/// <param name="IsOverspent">Decided on the exact integers, before they are scaled for reading.</param>
public sealed record ErrorBudget(BudgetUnit Unit, decimal Total, decimal Consumed, decimal Remaining, decimal? RemainingRatio, bool IsOverspent)
{
    /// <summary>The budget after what was counted.</summary>
    /// <param name="futureMinutes">
    /// Minutes of a calendar window still to come: time-based budgets hold their share already, as a month's allowance is known on
    /// its first day; events nobody has seen add nothing. 0 for a rolling window.
    /// </param>
    /// <remarks>
    /// (1 − target) × total units. Unmeasured past minutes add nothing, so a rolling window is overspent exactly when its SLI is
    /// below the target.
    /// </remarks>
    public static ErrorBudget Of(decimal target, BudgetingMethod method, in SloTally tally, int futureMinutes = 0)
    {
        var units = tally.Total + ((decimal)SloUnits.PerMinute(method) * futureMinutes);
        var allowed = (1m - target) * units;
        var total = SloUnits.ToDisplay(method, allowed);
        var consumed = SloUnits.ToDisplay(method, tally.Bad);
        var remaining = total - consumed;
        return new(SloUnits.UnitOf(method), total, consumed, remaining, allowed == 0 ? null : (allowed - tally.Bad) / allowed, tally.Bad > allowed);
    }

    /// <summary>Seconds of full outage a target allows in a period.</summary>
    public static decimal AllowedDowntimeSeconds(decimal target, decimal periodSeconds) => (1m - target) * periodSeconds;
}
