namespace OpsDashboard.Domain.Kpis;

public enum KpiState
{
    OnTarget,
    AtRisk,
    Missed,

    /// <summary>A value that was due is not there. Never shown as zero, nor as kept.</summary>
    Missing,

    /// <summary>The period held nothing a computed figure could be made of: neither good nor bad.</summary>
    Nothing,

    /// <summary>Its target is a change, and nobody said yet from where.</summary>
    NoBaseline,

    /// <summary>Watched only.</summary>
    NoTarget,
}

/// <summary>The traffic light.</summary>
public static class KpiLight
{
    public const string Rule =
        "On target: the value meets the target. At risk: it misses by no more than 10 % of the target; of a share of 90 % or more, by no more than half of what the target leaves open. "
        + "Missed: by more, or at all where the target is zero or 100 %. Before a target's date a miss is at risk while the trend reaches the target in time or too little is known for a trend. "
        + "Missing: a value that was due is not there. Nothing to measure: the period held nothing a computed figure could be made of.";

    private const decimal Near = 0.10m;

    /// <param name="value">What is judged; null: missing, or no baseline to judge it by.</param>
    /// <param name="end">Exclusive end of the value's period.</param>
    /// <param name="forecast">To the target's date; null without one.</param>
    public static KpiState Of(KpiAim aim, decimal? value, bool isMeasured, KpiUnit unit, DateOnly end, KpiForecast? forecast)
    {
        if (!isMeasured)
        {
            return KpiState.Missing;
        }

        if (value is not { } judged)
        {
            return KpiState.NoBaseline;
        }

        return aim.IsMetBy(judged) switch
        {
            null => KpiState.NoTarget,
            true => KpiState.OnTarget,
            false when aim.DueOn >= end => forecast?.Reaches == false ? KpiState.Missed : KpiState.AtRisk,
            false => aim.MissedBy(judged) <= Tolerance(aim, unit) ? KpiState.AtRisk : KpiState.Missed,
        };
    }

    private static decimal Tolerance(KpiAim aim, KpiUnit unit)
    {
        var limit = Math.Abs(aim.Limit!.Value);
        return unit == KpiUnit.Ratio && !aim.IsRange && aim.HigherIsBetter && limit is >= 0.9m and <= 1 ? (1 - limit) / 2 : limit * Near;
    }
}
