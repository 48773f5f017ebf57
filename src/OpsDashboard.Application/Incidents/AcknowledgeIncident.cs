using MediatR;
using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.Incidents;

/// <summary>"I have it": stops the clock and the pages that still wait. Who comes second learns who has it.</summary>
/// <param name="ByPersonId">Who it was, when a page was answered; null: the caller.</param>
public sealed record AcknowledgeIncident(long IncidentId, string? ByPersonId = null) : ICommand<IncidentSummary>, IAboutIncident
{
    public static Access Access => Access.Respond;
}

internal sealed class AcknowledgeIncidentHandler(
    IncidentDesk desk,
    Escalator escalator,
    IncidentClocks clocks,
    IncidentTimeline timeline,
    ActingPerson acting,
    CallerContext caller,
    TimeProvider time) : IRequestHandler<AcknowledgeIncident, Outcome<IncidentSummary>>
{
    public async Task<Outcome<IncidentSummary>> Handle(AcknowledgeIncident request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (await desk.TakeAsync(request.IncidentId, cancellationToken) is not { } incident)
        {
            return Failure.NotFound($"Incident {request.IncidentId}");
        }

        if (!incident.IsOpen)
        {
            return Failure.Conflict($"It is over since {Words.Clock(incident.ResolvedAtMs!.Value)}.");
        }

        var person = await acting.FindAsync(request.ByPersonId, cancellationToken);
        if (incident.Escalation == EscalationState.Acknowledged)
        {
            return IsSame(incident, person)
                ? IncidentSummary.Of(incident, clocks, now)
                : Failure.Conflict($"{incident.AcknowledgedBy} has it since {Words.Clock(incident.AcknowledgedAtMs ?? now)}.");
        }

        UndoableStep.Keep(incident, StepKind.Acknowledged, caller.Current.Name, now);
        incident.AcknowledgedAtMs ??= now;
        (incident.AcknowledgedById, incident.AcknowledgedBy) = (person.Id, person.Name);
        if (incident.Phase == IncidentPhase.Detection)
        {
            incident.Phase = IncidentPhase.Triage;
        }

        timeline.Append(incident.Id, TimelineKind.Acknowledgement, $"{person.Name} has it", person.Name, now);
        await escalator.AcknowledgeAsync(incident, person.Name, now, cancellationToken);
        clocks.Arm(incident, now);
        await desk.TellAsync(incident, IncidentChangeKind.Acknowledged, now, cancellationToken);
        return IncidentSummary.Of(incident, clocks, now);
    }

    private static bool IsSame(IncidentRow incident, PersonRef person) =>
        person.Id.Length > 0 ? incident.AcknowledgedById == person.Id : incident.AcknowledgedBy == person.Name;
}
