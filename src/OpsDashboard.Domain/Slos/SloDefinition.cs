namespace OpsDashboard.Domain.Slos;

/// <summary>One version of an objective: everything its arithmetic needs, and nothing measured.</summary>
public sealed record SloDefinition
{
    /// <summary>Path platform/service/slo.</summary>
    public required string Id { get; init; }

    /// <summary>Path platform/service/sli of the series it reads.</summary>
    public required string SliId { get; init; }

    public required string Name { get; init; }

    public required string Platform { get; init; }

    public required string Service { get; init; }

    /// <summary>Customer tier the objective is promised to; null when it holds for all.</summary>
    public string? Tier { get; init; }

    public string? Description { get; init; }

    public required SliKind Kind { get; init; }

    /// <summary>Fraction strictly between 0 and 1.</summary>
    public required decimal Target { get; init; }

    /// <summary>Needed for latency, value and freshness; forbidden for ratio and job.</summary>
    public Threshold? Threshold { get; init; }

    public required BudgetingMethod Budgeting { get; init; }

    /// <summary>Ratio from which a minute is good; only for timeslices.</summary>
    public decimal? TimeSliceTarget { get; init; }

    public required SloWindow Window { get; init; }

    /// <summary>Fraction of the window's minutes so far that must have data; below it the state is no data.</summary>
    public decimal MinimumCoverage { get; init; } = 0.5m;

    public MaintenanceTerms? Maintenance { get; init; }

    public IReadOnlyList<BurnAlertRule> AlertRules { get; init; } = [];

    /// <summary>
    /// Events the long window must hold before a burn alert may fire; with a budget of occurrences also those the window itself
    /// must hold before the state is more than no data.
    /// </summary>
    public long MinimumEvents { get; init; }

    /// <summary>The quoted clauses that set this target; the first is the one it implements.</summary>
    public IReadOnlyList<Clause> Clauses { get; init; } = [];

    /// <summary>Where the contract says something else; both stand.</summary>
    public IReadOnlyList<Disagreement> Disagreements { get; init; } = [];

    /// <summary>Percentile the clause speaks of, 50, 95 or 99; null where it names none.</summary>
    public int? Percentile { get; init; }

    /// <summary>Unit of the SLI's values for display: ms, s, requests, percent.</summary>
    public string? Unit { get; init; }

    /// <summary>
    /// Whether enough was seen to call the objective kept or breached; else the state is no data. A budget of events grows with what
    /// was seen: of three requests one slow one is a breach that says nothing. Budgets of time are whole from the first minute.
    /// </summary>
    /// <param name="total">Good and bad, in the units of the budget.</param>
    /// <param name="coverage">Share of the time in which something was seen, 0 to 1.</param>
    public bool MayJudge(decimal total, decimal coverage) =>
        total > 0 && coverage >= MinimumCoverage && (Budgeting != BudgetingMethod.Occurrences || total >= MinimumEvents);
}
