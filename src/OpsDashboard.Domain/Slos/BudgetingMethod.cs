namespace OpsDashboard.Domain.Slos;

/// <summary>How good and bad are counted; names and meanings as in OpenSLO v1.</summary>
public enum BudgetingMethod
{
    /// <summary>Good events over all events of the window.</summary>
    Occurrences,

    /// <summary>Good minutes over seen minutes; a minute is good when its own ratio reaches the slice target.</summary>
    Timeslices,

    /// <summary>Mean of the minutes' ratios, each minute weighing the same.</summary>
    RatioTimeslices,
}
