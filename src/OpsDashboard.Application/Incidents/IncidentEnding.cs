using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents;

/// <summary>How an incident ends, whoever ends it. Works inside the caller's transaction, on an incident taken for change.</summary>
internal sealed class IncidentEnding(IncidentTimeline timeline, Escalator escalator, IncidentClocks clocks)
{
    /// <param name="actor">Null: it ended by itself.</param>
    public async Task ResolveAsync(IncidentRow incident, string words, string? actor, long nowMs, CancellationToken cancellationToken)
    {
        incident.Phase = IncidentPhase.Resolution;
        incident.ResolvedAtMs = nowMs;
        incident.MitigatedAtMs ??= nowMs;
        if (actor is not null)
        {
            incident.AcknowledgedAtMs ??= nowMs;
            incident.AcknowledgedBy ??= actor;
        }

        foreach (var pause in incident.Pauses.Where(pause => pause.UntilMs is null))
        {
            pause.UntilMs = nowMs;
        }

        timeline.Append(incident.Id, TimelineKind.Resolved, words, actor, nowMs);
        await escalator.EndAsync(incident, "Resolved", nowMs, cancellationToken);
        clocks.Arm(incident, nowMs);
    }
}
