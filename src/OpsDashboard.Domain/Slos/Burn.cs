namespace OpsDashboard.Domain.Slos;

/// <summary>How fast a budget goes: 1 spends exactly one budget over one window (SRE Workbook, chapter 5).</summary>
public static class Burn
{
    /// <summary>Bad share over the share the target allows; null without data.</summary>
    public static decimal? Rate(decimal target, in SloTally tally) =>
        tally.Total == 0 ? null : tally.Bad / (tally.Total * (1m - target));

    /// <summary>Burn rate while everything fails: 1 / (1 − target).</summary>
    public static decimal MaximumRate(decimal target) => 1m / (1m - target);

    /// <summary>Seconds until the budget is empty at a steady rate: remaining × window / burn. Null when nothing burns; 0 when nothing is left.</summary>
    public static decimal? SecondsToExhaustion(decimal remainingRatio, decimal windowSeconds, decimal burnRate)
    {
        if (remainingRatio <= 0)
        {
            return 0m;
        }

        return burnRate > 0 ? remainingRatio * windowSeconds / burnRate : null;
    }

    /// <summary>Exactly: is the rate strictly above the threshold? False without data.</summary>
    public static bool Exceeds(decimal target, in SloTally tally, decimal threshold) =>
        tally.Total > 0 && tally.Bad > threshold * (1m - target) * tally.Total;
}
