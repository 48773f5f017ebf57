using MediatR;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.Work;

/// <summary>The next phase of the lifecycle. What it must pass on the way gets its milestone now, unless it has one.</summary>
public sealed record MoveIncident(long IncidentId, IncidentPhase To) : ICommand<IncidentSummary>, IAboutIncident
{
    public static Access Access => Access.Respond;
}

internal sealed class MoveIncidentHandler(IncidentChange change, IncidentEnding ending, IncidentTimeline timeline, CallerContext caller)
    : IRequestHandler<MoveIncident, Outcome<IncidentSummary>>
{
    public Task<Outcome<IncidentSummary>> Handle(MoveIncident request, CancellationToken cancellationToken) => change.MakeAsync(
        request.IncidentId,
        request.To == IncidentPhase.Resolution ? IncidentChangeKind.Resolved : IncidentChangeKind.PhaseChanged,
        async (incident, now) =>
        {
            var from = incident.Phase;
            if (!IncidentLifecycle.Allows(from, request.To))
            {
                return Failure.Conflict($"{Words.Phase(from)} is not followed by {Words.Phase(request.To)}.");
            }

            if (request.To == IncidentPhase.Resolution)
            {
                await ending.ResolveAsync(incident, "Resolved", caller.Current.Name, now, cancellationToken);
                return null;
            }

            incident.Phase = request.To;
            if (request.To is IncidentPhase.Investigation or IncidentPhase.Mitigation)
            {
                incident.TriagedAtMs ??= now;
            }

            incident.MitigatedAtMs = request.To switch
            {
                IncidentPhase.Mitigation => incident.MitigatedAtMs ?? now,
                // The fix did not hold.
                IncidentPhase.Investigation => null,
                _ => incident.MitigatedAtMs,
            };
            timeline.Append(incident.Id, TimelineKind.Phase, $"{Words.Phase(from)} → {Words.Phase(request.To)}", caller.Current.Name, now);
            return null;
        },
        cancellationToken);
}
