using MediatR;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Incidents.Work;

/// <summary>Lets the clocks go on where they stood.</summary>
public sealed record ResumeClocks(long IncidentId) : ICommand<IncidentSummary>, IAboutIncident
{
    public static Access Access => Access.Respond;
}

internal sealed class ResumeClocksHandler(IncidentChange change, IncidentTimeline timeline, CallerContext caller) : IRequestHandler<ResumeClocks, Outcome<IncidentSummary>>
{
    public Task<Outcome<IncidentSummary>> Handle(ResumeClocks request, CancellationToken cancellationToken) => change.ApplyAsync(
        request.IncidentId,
        IncidentChangeKind.ClocksResumed,
        (incident, now) =>
        {
            if (incident.Pauses.Find(pause => pause.UntilMs is null) is not { } open)
            {
                return Failure.Conflict("Its clocks are running.");
            }

            // Never empty, also within one tick of the clock.
            open.UntilMs = Math.Max(now, open.FromMs + 1);
            timeline.Append(incident.Id, TimelineKind.Clock, "Clocks resumed", caller.Current.Name, now);
            return null;
        },
        cancellationToken);
}
