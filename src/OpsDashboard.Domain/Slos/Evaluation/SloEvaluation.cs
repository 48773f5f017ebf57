namespace OpsDashboard.Domain.Slos.Evaluation;

/// <summary>Where an objective stands at one minute.</summary>
public sealed record SloEvaluation
{
    /// <summary>The minute under way when it was judged; its data so far are counted.</summary>
    public required int Minute { get; init; }

    /// <summary>The minutes the objective is judged over.</summary>
    public required WindowSpan Window { get; init; }

    public required SloState State { get; init; }

    /// <summary>Fraction over what was seen; null without data.</summary>
    public required decimal? Sli { get; init; }

    /// <summary>In events or seconds, as <see cref="ErrorBudget.Unit"/> says.</summary>
    public required decimal Good { get; init; }

    /// <summary>In events or seconds, as <see cref="ErrorBudget.Unit"/> says.</summary>
    public required decimal Total { get; init; }

    /// <summary>Downtime equivalent: each minute's bad share of its 60 s.</summary>
    public required decimal BadSeconds { get; init; }

    /// <summary>
    /// Share, 0 to 1, of the window's finished minutes that reported, without those removed as maintenance. Minutes before the series'
    /// first measurement do not count against it: a new objective is judged on what it has been able to see.
    /// </summary>
    public required decimal Coverage { get; init; }

    /// <summary>Planned maintenance forgiven inside the window.</summary>
    public required long ExcludedSeconds { get; init; }

    public required ErrorBudget Budget { get; init; }

    /// <summary>For 1 h, 6 h and each window of the alert rules, shortest first.</summary>
    public required IReadOnlyList<BurnRate> BurnRates { get; init; }

    /// <summary>
    /// Unix milliseconds at which the budget is empty if the burn rate of the last hour (where that has no data, of six) holds; null when that is not within one
    /// window's length, when nothing burns, or when nothing is left.
    /// </summary>
    public required long? ExhaustionAt { get; init; }

    public required IReadOnlyList<BurnAlert> Alerts { get; init; }

    /// <summary>SLI of 30 equal parts of the window, oldest first, on hour boundaries and as measured; null without data.</summary>
    public required IReadOnlyList<decimal?> Sparkline { get; init; }

    /// <summary>The newest minute that reported, inside the window; null without data.</summary>
    public required int? LastSeenMinute { get; init; }
}

/// <param name="Rate">Null without data.</param>
public sealed record BurnRate(int WindowMinutes, decimal? Rate);

/// <param name="SinceMinute">First minute of the present firing, as far back as single minutes are kept; null while it does not fire.</param>
public sealed record BurnAlert(BurnAlertRule Rule, bool Firing, int? SinceMinute);
