using MediatR;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.Incidents;

/// <summary>
/// People are to be paged. Published in the transaction of the cause, so the intent to page commits with it or not at all.
/// Incident, level, cycle and person name one page for good: the same again is the same page.
/// </summary>
/// <param name="Urgent">One of the upper two severities: quiet hours do not mute it.</param>
/// <param name="Level">Level of the escalation policy, from 0; <see cref="CatchAllLevel"/>, or from <see cref="ClockLevel"/> for a missed clock.</param>
/// <param name="LevelName">As the policy names it.</param>
/// <param name="Cycle">Grows with each round, each expired acknowledgement and each new start.</param>
/// <param name="CatchAll">Nobody was found on any level.</param>
public sealed record PageOwed(
    long IncidentId,
    string Title,
    string Platform,
    string Severity,
    bool Urgent,
    int Level,
    string LevelName,
    int Cycle,
    IReadOnlyList<PersonRef> People,
    bool CatchAll,
    long AtMs) : INotification
{
    public const int CatchAllLevel = 99;

    /// <summary>Told by who writes the pages, while this is published.</summary>
    public PageReach Reach { get; } = new();

    /// <summary>Missed clocks count up from here by <see cref="Domain.Incidents.ClockKind"/>; their cycle is the how-manieth miss it is.</summary>
    public const int ClockLevel = 100;

    /// <summary>Paths called beside the escalation count up from here in the order they were called.</summary>
    public const int PathLevel = 200;
}

/// <summary>
/// Pages of many incidents are about to be owed by this transaction, which has taken the incidents: what is known of them may be
/// read once for all.
/// </summary>
public sealed record PagesAhead(IReadOnlyCollection<long> IncidentIds) : INotification;

/// <summary>Whether a page has a way to anybody.</summary>
public sealed class PageReach
{
    private int? people;

    /// <summary>Nobody of those who are paged has a contact method on a channel that is set up.</summary>
    public bool IsNobody => people == 0;

    public void Add(int reachable) => people = (people ?? 0) + reachable;
}

/// <summary>Pages that were withdrawn at that instant are wanted again, as far as they had not left yet: the step that withdrew them was taken back.</summary>
public sealed record PagesRestored(long IncidentId, long WithdrawnAtMs, long AtMs) : INotification;

/// <summary>Pages of an incident that wait to be sent are not wanted any more: somebody has it, or it is over.</summary>
public sealed record PagesWithdrawn(long IncidentId, string Reason, long AtMs) : INotification;
