using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Status;

/// <summary>One objective as the API, the hub's readers and every screen show it. Ratios are fractions, durations seconds.</summary>
public sealed record SloStatus
{
    public required string Id { get; init; }

    public required string SliId { get; init; }

    public required string Name { get; init; }

    public required string Platform { get; init; }

    public required string Service { get; init; }

    public string? Tier { get; init; }

    public required SliKind Kind { get; init; }

    public required decimal Target { get; init; }

    public Threshold? Threshold { get; init; }

    public string? Unit { get; init; }

    public int? Percentile { get; init; }

    public required SloWindow Window { get; init; }

    public required BudgetingMethod BudgetingMethod { get; init; }

    public required SloState State { get; init; }

    /// <summary>Share that was good of what was seen; null without any data.</summary>
    public decimal? Sli { get; init; }

    /// <summary>Good events, or good slices where the method counts slices.</summary>
    public required decimal Good { get; init; }

    public required decimal Total { get; init; }

    public required long BadSeconds { get; init; }

    /// <summary>Share of the window's minutes so far that had data.</summary>
    public required decimal Coverage { get; init; }

    public required long ExcludedSeconds { get; init; }

    public required BudgetStatus Budget { get; init; }

    public required IReadOnlyList<BurnRateStatus> BurnRates { get; init; }

    /// <summary>When the budget ends if it goes on burning as in the last hour; null when it does not burn or is spent.</summary>
    public DateTimeOffset? ExhaustionAt { get; init; }

    public required IReadOnlyList<BurnAlertStatus> Alerts { get; init; }

    public required IReadOnlyList<Clause> Clauses { get; init; }

    /// <summary>Up to 30 points over the window, oldest first: share that was good; null where nothing was seen.</summary>
    public IReadOnlyList<decimal?> Spark { get; init; } = [];

    public required DateTimeOffset WindowStart { get; init; }

    public required DateTimeOffset EvaluatedAt { get; init; }

    public required int Version { get; init; }

    /// <summary>Newest minute of the window that had data.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }
}

/// <param name="Unit"><c>events</c> or <c>seconds</c>.</param>
/// <param name="RemainingRatio">Signed: -1.5 means that two and a half budgets were spent.</param>
public sealed record BudgetStatus(decimal Total, decimal Consumed, decimal Remaining, string Unit, decimal? RemainingRatio);

/// <param name="Window">As <c>5m</c>, <c>1h</c>.</param>
/// <param name="Rate">Multiples of the rate that spends exactly one budget in the window; null without data.</param>
public sealed record BurnRateStatus(string Window, decimal? Rate);

public sealed record BurnAlertStatus(AlertSeverity Severity, string Long, string Short, decimal Threshold, bool Firing, DateTimeOffset? Since);
