namespace OpsDashboard.Domain.StatusPages;

/// <summary>What the public is told of a component, from best to worst; the words of the Statuspage API.</summary>
public enum ComponentState
{
    Operational,
    UnderMaintenance,
    DegradedPerformance,
    PartialOutage,
    MajorOutage,
}
