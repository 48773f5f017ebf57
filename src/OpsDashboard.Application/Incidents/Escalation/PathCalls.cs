using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.OnCall;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.Incidents.Escalation;

/// <summary>Calls a path beside an incident's own escalation: the first of its levels that can be reached, or the catch-all. Works on an incident taken for change.</summary>
internal sealed class PathCalls(OpsDbContext db, OnCallRoster roster, IncidentTimeline timeline, IMediator mediator)
{
    /// <param name="by">Null: the product, by a rule of the contract.</param>
    /// <returns>False: it was called before.</returns>
    public async Task<bool> CallAsync(IncidentRow incident, EscalationPolicy policy, string? reason, string? by, long nowMs, CancellationToken cancellationToken)
    {
        var called = await db.Set<IncidentPathRow>().Where(row => row.IncidentId == incident.Id).Select(row => row.PolicyId).ToListAsync(cancellationToken);
        if (called.Contains(policy.Id, StringComparer.Ordinal))
        {
            return false;
        }

        db.Add(new IncidentPathRow { IncidentId = incident.Id, PolicyId = policy.Id, Name = policy.Name, CalledAtMs = nowMs, CalledBy = by });
        var words = reason is null ? policy.Name : $"{policy.Name}: {reason}";
        foreach (var level in policy.Levels)
        {
            var people = await roster.WhoAsync(level.Targets, nowMs, cancellationToken);
            if (people.Count > 0 && await PageAsync(incident, words, level.Name, people, called.Count, catchAll: false, nowMs, cancellationToken))
            {
                timeline.Append(incident.Id, TimelineKind.Escalation, $"{words}; paging {string.Join(", ", people.Select(person => person.Name))}", by, nowMs);
                return true;
            }
        }

        var last = await roster.CatchAllAsync(nowMs, cancellationToken);
        if (last.Count > 0)
        {
            await PageAsync(incident, words, "Catch-all", last, called.Count, catchAll: true, nowMs, cancellationToken);
        }

        timeline.Append(incident.Id, TimelineKind.Escalation, $"{words}; nobody named for it can be reached{(last.Count == 0 ? "" : $", paging the catch-all: {string.Join(", ", last.Select(person => person.Name))}")}", by, nowMs);
        return true;
    }

    private async Task<bool> PageAsync(IncidentRow incident, string words, string level, IReadOnlyList<PersonRef> people, int number, bool catchAll, long nowMs, CancellationToken cancellationToken)
    {
        var page = new PageOwed(
            incident.Id,
            $"{words}: {incident.Title}",
            incident.Platform,
            incident.Severity,
            IncidentClocks.LevelOf(incident).IsUrgent,
            PageOwed.PathLevel + number,
            level,
            catchAll ? 1 : 0,
            people,
            catchAll,
            nowMs);
        await mediator.Publish(page, cancellationToken);
        return !page.Reach.IsNobody;
    }
}
