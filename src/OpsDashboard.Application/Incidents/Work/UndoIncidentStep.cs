using MediatR;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.Work;

/// <summary>
/// A slip: takes the caller's own acknowledgement, snooze or resolution back, for a minute and while nothing else came of it. The
/// incident stands as before, pages that had not left are wanted again, and the timeline keeps both the step and its undoing.
/// </summary>
public sealed record UndoIncidentStep(long IncidentId) : ICommand<IncidentSummary>, IAboutIncident
{
    /// <summary>Longer than any screen offers it.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    public static Access Access => Access.Respond;
}

/// <summary>A resolution was taken back within a moment: what it set off is not wanted. Published in the transaction of the undoing.</summary>
internal sealed record ResolutionUndone(long IncidentId, long ResolvedAtMs, long AtMs) : INotification;

internal sealed class UndoIncidentStepHandler(IncidentChange change, Escalator escalator, IncidentTimeline timeline, CallerContext caller, IMediator mediator)
    : IRequestHandler<UndoIncidentStep, Outcome<IncidentSummary>>
{
    public Task<Outcome<IncidentSummary>> Handle(UndoIncidentStep request, CancellationToken cancellationToken) => change.MakeAsync(
        request.IncidentId,
        IncidentChangeKind.Undone,
        async (incident, now) =>
        {
            if (UndoableStep.Of(incident) is not { } step || step.By != caller.Current.Name || now - step.AtMs > UndoIncidentStep.Within.TotalMilliseconds)
            {
                return Failure.Conflict("There is no step of yours that could be taken back.");
            }

            if (!step.Holds(incident))
            {
                return Failure.Conflict("It changed meanwhile; look again.");
            }

            await RestoreAsync(incident, step, now, cancellationToken);
            return null;
        },
        cancellationToken);

    private async Task RestoreAsync(IncidentRow incident, UndoableStep step, long nowMs, CancellationToken cancellationToken)
    {
        timeline.Append(incident.Id, TimelineKind.Undone, Describe(step.Kind), caller.Current.Name, nowMs);
        (incident.AcknowledgedBy, incident.AcknowledgedById) = (step.AcknowledgedBy, step.AcknowledgedById);
        incident.Unanswered = step.Unanswered;
        incident.Undo = null;
        if (step.Kind != StepKind.Snoozed)
        {
            (incident.AcknowledgedAtMs, incident.Phase) = (step.AcknowledgedAtMs, step.Phase);
        }

        if (step.Kind == StepKind.Resolved)
        {
            (incident.ResolvedAtMs, incident.MitigatedAtMs) = (null, step.MitigatedAtMs);
            foreach (var pause in incident.Pauses.Where(pause => pause.UntilMs == step.AtMs))
            {
                pause.UntilMs = null;
            }
        }

        await escalator.ResumeAsync(incident, step.Run, step.SnoozedUntilMs, step.AtMs, nowMs, cancellationToken);
        if (step.Kind == StepKind.Resolved)
        {
            await mediator.Publish(new ResolutionUndone(incident.Id, step.AtMs, nowMs), cancellationToken);
        }
    }

    private static string Describe(StepKind step) => step switch
    {
        StepKind.Acknowledged => "Took the acknowledgement back",
        StepKind.Snoozed => "Took the snooze back",
        StepKind.Resolved => "Took the resolution back",
    };
}
