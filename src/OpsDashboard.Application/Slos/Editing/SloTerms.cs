using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Editing;

/// <summary>What an editor may change of an objective. What it measures and which clause it implements stay.</summary>
public sealed record SloTerms
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Fraction strictly between 0 and 1.</summary>
    public required decimal Target { get; init; }

    public Threshold? Threshold { get; init; }

    public required BudgetingMethod BudgetingMethod { get; init; }

    /// <summary>Ratio from which a minute is good; only for timeslices.</summary>
    public decimal? TimeSliceTarget { get; init; }

    public required SloWindow Window { get; init; }

    /// <summary>Fraction of the window's minutes so far that must have data.</summary>
    public required decimal MinimumCoverage { get; init; }

    /// <summary>Events the long window must hold before a burn alert may fire.</summary>
    public required long MinimumEvents { get; init; }

    public required IReadOnlyList<BurnAlertRule> AlertRules { get; init; }

    /// <summary>Null: planned maintenance counts like any other minute.</summary>
    public MaintenanceTerms? Maintenance { get; init; }

    public static SloTerms Of(SloDefinition slo) => new()
    {
        Name = slo.Name,
        Description = slo.Description,
        Target = slo.Target,
        Threshold = slo.Threshold,
        BudgetingMethod = slo.Budgeting,
        TimeSliceTarget = slo.TimeSliceTarget,
        Window = slo.Window,
        MinimumCoverage = slo.MinimumCoverage,
        MinimumEvents = slo.MinimumEvents,
        AlertRules = slo.AlertRules,
        Maintenance = slo.Maintenance,
    };

    /// <summary>The definition with these terms in place of its own.</summary>
    public SloDefinition ApplyTo(SloDefinition slo) => slo with
    {
        Name = Name,
        Description = string.IsNullOrWhiteSpace(Description) ? null : Description,
        Target = Target,
        Threshold = Threshold,
        Budgeting = BudgetingMethod,
        TimeSliceTarget = TimeSliceTarget,
        Window = Window,
        MinimumCoverage = MinimumCoverage,
        MinimumEvents = MinimumEvents,
        AlertRules = AlertRules,
        Maintenance = Maintenance,
    };
}
