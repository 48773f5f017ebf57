using FluentValidation;
using MediatR;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.Work;

/// <summary>It came back: the search for the cause goes on, and the first level is called again.</summary>
public sealed record ReopenIncident(long IncidentId, string Reason) : ICommand<IncidentSummary>, IAboutIncident
{
    public const int MaxReasonLength = 500;

    public static Access Access => Access.Respond;
}

internal sealed class ReopenIncidentValidator : AbstractValidator<ReopenIncident>
{
    public ReopenIncidentValidator()
    {
        RuleFor(reopen => reopen.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithErrorCode("reason.required").WithMessage("Say what came back.");
        RuleFor(reopen => reopen.Reason).MaximumLength(ReopenIncident.MaxReasonLength).WithErrorCode("reason.tooLong").WithMessage($"At most {ReopenIncident.MaxReasonLength} characters.");
    }
}

internal sealed class ReopenIncidentHandler(IncidentChange change, Escalator escalator, IncidentTimeline timeline, CallerContext caller)
    : IRequestHandler<ReopenIncident, Outcome<IncidentSummary>>
{
    public Task<Outcome<IncidentSummary>> Handle(ReopenIncident request, CancellationToken cancellationToken) => change.MakeAsync(
        request.IncidentId,
        IncidentChangeKind.Reopened,
        async (incident, now) =>
        {
            if (incident.IsOpen)
            {
                return Failure.Conflict("It is open.");
            }

            if (incident.MergedIntoId is { } into)
            {
                return Failure.Conflict($"It was merged into incident {into}; that one goes on.");
            }

            incident.Phase = IncidentPhase.Investigation;
            (incident.ResolvedAtMs, incident.MitigatedAtMs) = (null, null);
            (incident.AcknowledgedBy, incident.AcknowledgedById) = (null, null);
            incident.SetTimer(Store.IncidentTimer.PostMortem, null);
            timeline.Append(incident.Id, TimelineKind.Reopened, $"Reopened: {request.Reason.Trim()}", caller.Current.Name, now);
            await escalator.RestartAsync(incident, now, cancellationToken);
            return null;
        },
        cancellationToken);
}
