using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Slos.Evaluation;

/// <summary>What a window's tally means for the objective.</summary>
internal readonly record struct SloVerdict(ErrorBudget Budget, decimal Coverage, long? ExhaustionAt, bool HasData)
{
    private const decimal LittleLeft = 0.1m;

    public static SloVerdict Of(SloDefinition slo, WindowSpan span, int minute, in SloTally tally, in SloTally underWay, decimal coverage, IReadOnlyList<BurnRate> rates)
    {
        // The minute under way is still to come as long as it is silent, so that a month's allowance does not flicker.
        var future = slo.Window.Kind == WindowKind.Calendar ? span.End - minute - (underWay.Total > 0 ? 1 : 0) : 0;
        var budget = ErrorBudget.Of(slo.Target, slo.Budgeting, tally, future);
        return new(budget, coverage, Exhaustion(slo.Window, span, minute, budget, rates), slo.MayJudge(tally.Total, coverage));
    }

    public SloState State(IReadOnlyList<BurnAlert> alerts)
    {
        if (!HasData)
        {
            return SloState.NoData;
        }

        if (Budget.IsOverspent)
        {
            return SloState.Breached;
        }

        foreach (var alert in alerts)
        {
            if (alert.Firing)
            {
                return SloState.AtRisk;
            }
        }

        return ExhaustionAt is not null && Budget.RemainingRatio <= LittleLeft ? SloState.AtRisk : SloState.Healthy;
    }

    private static long? Exhaustion(SloWindow window, WindowSpan span, int minute, ErrorBudget budget, IReadOnlyList<BurnRate> rates)
    {
        if (budget.RemainingRatio is not > 0 || RateOver(rates, 60) is not { } rate)
        {
            return null;
        }

        var horizon = 60m * (window.Kind == WindowKind.Calendar ? span.End - minute - 1 : span.Minutes);
        var seconds = Burn.SecondsToExhaustion(budget.RemainingRatio.Value, span.Minutes * 60m, rate);
        return seconds <= horizon ? TimeIndex.StartOfMinute(minute + 1) + (long)(seconds.Value * 1000m) : null;
    }

    private static decimal? RateOver(IReadOnlyList<BurnRate> rates, int windowMinutes)
    {
        decimal? longer = null;
        foreach (var rate in rates)
        {
            if (rate.WindowMinutes == windowMinutes && rate.Rate is not null)
            {
                return rate.Rate;
            }

            longer = rate.WindowMinutes == 360 ? rate.Rate : longer;
        }

        return longer;
    }
}
