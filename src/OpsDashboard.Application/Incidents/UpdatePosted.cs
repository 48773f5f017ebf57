using MediatR;

namespace OpsDashboard.Application.Incidents;

/// <summary>Who an update is for. The team always sees it.</summary>
/// <param name="StatusPage">Everybody, on the status page.</param>
/// <param name="Customers">The customers told by notice.</param>
public sealed record UpdateAudiences(bool StatusPage, bool Customers)
{
    public static readonly UpdateAudiences Team = new(StatusPage: false, Customers: false);

    public bool IsOutside => StatusPage || Customers;
}

/// <summary>Published in the transaction that records the update.</summary>
public sealed record UpdatePosted(long IncidentId, long UpdateId, UpdateAudiences Audiences, long AtMs) : INotification;

/// <summary>The next word to those affected is due soon. Published once an interval, in a transaction of its own.</summary>
/// <param name="PersonId">Who writes the updates: the communications role, else the lead, else whoever has it. Null: nobody of the roster.</param>
/// <param name="Urgent">One of the upper two severities.</param>
public sealed record UpdateDueSoon(long IncidentId, string Title, string? PersonId, bool Urgent, long DueMs, long AtMs) : INotification;
