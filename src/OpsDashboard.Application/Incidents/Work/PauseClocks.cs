using FluentValidation;
using MediatR;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Incidents.Work;

/// <summary>Stops the contract's clocks, for instance while a customer's answer is awaited. Escalation goes on: who is paged is another matter.</summary>
public sealed record PauseClocks(long IncidentId, string Reason) : ICommand<IncidentSummary>, IAboutIncident
{
    public const int MaxReasonLength = 500;
    public const int MostPauses = 100;

    public static Access Access => Access.Respond;
}

internal sealed class PauseClocksValidator : AbstractValidator<PauseClocks>
{
    public PauseClocksValidator()
    {
        RuleFor(pause => pause.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithErrorCode("reason.required").WithMessage("Say what is waited for; the customer may ask.");
        RuleFor(pause => pause.Reason).MaximumLength(PauseClocks.MaxReasonLength).WithErrorCode("reason.tooLong").WithMessage($"At most {PauseClocks.MaxReasonLength} characters.");
    }
}

internal sealed class PauseClocksHandler(IncidentChange change, IncidentTimeline timeline, CallerContext caller) : IRequestHandler<PauseClocks, Outcome<IncidentSummary>>
{
    public Task<Outcome<IncidentSummary>> Handle(PauseClocks request, CancellationToken cancellationToken) => change.ApplyAsync(
        request.IncidentId,
        IncidentChangeKind.ClocksPaused,
        (incident, now) =>
        {
            if (!incident.IsOpen)
            {
                return Failure.Conflict("It is over; no clock runs.");
            }

            if (incident.Pauses.Exists(pause => pause.UntilMs is null))
            {
                return Failure.Conflict("Its clocks stand already.");
            }

            if (incident.Pauses.Count >= PauseClocks.MostPauses)
            {
                return Failure.Conflict($"Its clocks were paused {PauseClocks.MostPauses} times; that is enough.");
            }

            incident.Pauses.Add(new ClockPauseRow { FromMs = now, Reason = request.Reason.Trim(), Author = caller.Current.Name });
            timeline.Append(incident.Id, TimelineKind.Clock, $"Clocks paused: {request.Reason.Trim()}", caller.Current.Name, now);
            return null;
        },
        cancellationToken);
}
