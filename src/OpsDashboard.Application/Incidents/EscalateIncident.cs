using MediatR;
using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents;

/// <summary>Calls the next level now. Refused when a level was called since the caller looked: a stale click would skip one.</summary>
/// <param name="ExpectedLevel">Level the caller saw as the last that was called.</param>
/// <param name="ExpectedCycle">Its cycle.</param>
public sealed record EscalateIncident(long IncidentId, int ExpectedLevel, int ExpectedCycle) : ICommand<IncidentSummary>, IAboutIncident
{
    public static Access Access => Access.Respond;
}

internal sealed class EscalateIncidentHandler(
    IncidentDesk desk,
    Escalator escalator,
    IncidentClocks clocks,
    IncidentTimeline timeline,
    CallerContext caller,
    TimeProvider time) : IRequestHandler<EscalateIncident, Outcome<IncidentSummary>>
{
    public async Task<Outcome<IncidentSummary>> Handle(EscalateIncident request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (await desk.TakeAsync(request.IncidentId, cancellationToken) is not { } incident)
        {
            return Failure.NotFound($"Incident {request.IncidentId}");
        }

        if (incident.Escalation == EscalationState.Ended)
        {
            return Failure.Conflict("It is over; nobody is called any more.");
        }

        if (incident.EscalationLevel != request.ExpectedLevel || incident.EscalationCycle != request.ExpectedCycle)
        {
            return Failure.Conflict($"{incident.LevelName ?? "The next level"} was called meanwhile; look again before you call the next.");
        }

        timeline.Append(incident.Id, TimelineKind.Escalation, "Escalated by hand", caller.Current.Name, now);
        (incident.AcknowledgedBy, incident.AcknowledgedById) = (null, null);
        incident.EscalatedAtMs ??= now;
        await escalator.EscalateNowAsync(incident, now, cancellationToken);
        escalator.ExpectWork(incident, now);
        clocks.Arm(incident, now);
        await desk.TellAsync(incident, IncidentChangeKind.Escalated, now, cancellationToken);
        return IncidentSummary.Of(incident, clocks, now);
    }
}
