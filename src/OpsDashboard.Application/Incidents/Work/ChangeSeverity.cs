using FluentValidation;
using MediatR;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.Work;

/// <summary>Triage found it worse or milder. Its clocks become those of the new severity, from the same start.</summary>
public sealed record ChangeSeverity(long IncidentId, string Severity, string Reason) : ICommand<IncidentSummary>, IAboutIncident
{
    public const int MaxReasonLength = 500;

    public static Access Access => Access.Respond;
}

internal sealed class ChangeSeverityValidator : AbstractValidator<ChangeSeverity>
{
    public ChangeSeverityValidator()
    {
        RuleFor(move => move.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithErrorCode("reason.required").WithMessage("Say why, in a sentence.");
        RuleFor(move => move.Reason).MaximumLength(ChangeSeverity.MaxReasonLength).WithErrorCode("reason.tooLong").WithMessage($"At most {ChangeSeverity.MaxReasonLength} characters.");
    }
}

internal sealed class ChangeSeverityHandler(IncidentChange change, Escalator escalator, IncidentTimeline timeline, CallerContext caller)
    : IRequestHandler<ChangeSeverity, Outcome<IncidentSummary>>
{
    public Task<Outcome<IncidentSummary>> Handle(ChangeSeverity request, CancellationToken cancellationToken) => change.MakeAsync(
        request.IncidentId,
        IncidentChangeKind.SeverityChanged,
        async (incident, now) =>
        {
            var scale = ShippedScales.For(incident.Platform);
            if (scale.Find(request.Severity) is not { } level)
            {
                return Failure.Invalid("/severity", "severity.known", $"Choose a severity of the platform: {string.Join(", ", scale.Levels.Select(known => known.Name))}.");
            }

            if (level.Name == incident.Severity)
            {
                return Failure.Conflict($"It is {level.Name} already.");
            }

            var worse = level.Rank < incident.SeverityRank;
            timeline.Append(
                incident.Id,
                TimelineKind.Severity,
                $"{(worse ? "Raised" : "Lowered")} from {incident.Severity} to {level.Name}: {request.Reason.Trim()}",
                caller.Current.Name,
                now);
            (incident.Severity, incident.SeverityRank) = (level.Name, level.Rank);
            if (worse && incident.Escalation is EscalationState.Running or EscalationState.Exhausted)
            {
                await escalator.RestartAsync(incident, now, cancellationToken);
            }

            return null;
        },
        cancellationToken);
}
