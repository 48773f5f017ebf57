using MediatR;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Incidents.Work;

/// <summary>The customer who reported it was answered: the support clock stops.</summary>
public sealed record AnswerReporter(long IncidentId) : ICommand<IncidentSummary>, IAboutIncident
{
    public static Access Access => Access.Respond;
}

internal sealed class AnswerReporterHandler(IncidentChange change, IncidentTimeline timeline, CallerContext caller) : IRequestHandler<AnswerReporter, Outcome<IncidentSummary>>
{
    public Task<Outcome<IncidentSummary>> Handle(AnswerReporter request, CancellationToken cancellationToken) => change.ApplyAsync(
        request.IncidentId,
        IncidentChangeKind.Edited,
        (incident, now) =>
        {
            if (incident.ReporterTier is null)
            {
                return Failure.Conflict("No customer's tier is known for it; no support clock runs.");
            }

            if (incident.SupportAnsweredAtMs is null)
            {
                incident.SupportAnsweredAtMs = now;
                timeline.Append(incident.Id, TimelineKind.Clock, $"The {incident.ReporterTier} customer was answered", caller.Current.Name, now);
            }

            return null;
        },
        cancellationToken);
}
