using MediatR;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents;

public enum IncidentChangeKind
{
    Opened,
    Acknowledged,
    AcknowledgementExpired,
    Escalated,
    PhaseChanged,
    SeverityChanged,
    Resolved,
    Reopened,
    Merged,
    MilestonesChanged,
    ClocksPaused,
    ClocksResumed,
    AffectedChanged,
    RolesChanged,
    TasksChanged,
    Edited,
    Snoozed,
    Woken,
    Undone,
}

/// <summary>Published in the transaction of the change.</summary>
public sealed record IncidentChanged(long IncidentId, IncidentChangeKind Kind, long AtMs) : INotification;

/// <summary>A promise of time was missed. It went to the operations manager by a page of its own.</summary>
/// <param name="Times">The how-manieth miss of this clock on this incident, from 1; above 1 only for clocks that repeat.</param>
public sealed record ClockBreached(long IncidentId, string Title, string Platform, string Severity, ClockKind Clock, string Limit, int Times, long DueMs, long AtMs) : INotification;
