namespace OpsDashboard.Application.Incidents;

/// <summary>What a timeline entry tells of.</summary>
public enum TimelineKind
{
    Opened,
    Alert,
    Page,
    Acknowledgement,
    Escalation,
    Clock,
    Phase,
    Severity,
    Milestone,
    Role,
    Task,
    Affected,
    Change,
    Note,
    Update,
    Merge,
    Resolved,
    Reopened,
    PostMortem,
    Snooze,
    Undone,
}

/// <summary>What the public is told, in the words of status pages.</summary>
public enum PublicStatus
{
    Investigating,
    Identified,
    Monitoring,
    Resolved,
}

/// <summary>How much of a service its users miss.</summary>
public enum ServiceImpact
{
    None,
    Degraded,
    PartialOutage,
    MajorOutage,
}

public enum IncidentRole
{
    /// <summary>Decides.</summary>
    Lead,

    /// <summary>Writes down.</summary>
    Scribe,

    /// <summary>Tells those affected.</summary>
    Communications,
}
