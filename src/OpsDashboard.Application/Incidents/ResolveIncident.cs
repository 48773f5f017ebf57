using FluentValidation;
using MediatR;
using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Incidents;

/// <summary>The permanent fix holds.</summary>
/// <param name="Note">What fixed it; Markdown.</param>
public sealed record ResolveIncident(long IncidentId, string? Note = null) : ICommand<IncidentSummary>, IAboutIncident
{
    public static Access Access => Access.Respond;
}

internal sealed class ResolveIncidentValidator : AbstractValidator<ResolveIncident>
{
    public ResolveIncidentValidator() =>
        RuleFor(resolve => resolve.Note).MaximumLength(TimelineRow.MaxTextLength).WithErrorCode("note.tooLong").WithMessage($"At most {TimelineRow.MaxTextLength} characters.");
}

internal sealed class ResolveIncidentHandler(
    IncidentDesk desk,
    IncidentEnding ending,
    IncidentClocks clocks,
    IncidentTimeline timeline,
    CallerContext caller,
    TimeProvider time) : IRequestHandler<ResolveIncident, Outcome<IncidentSummary>>
{
    public async Task<Outcome<IncidentSummary>> Handle(ResolveIncident request, CancellationToken cancellationToken)
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

        if (!string.IsNullOrWhiteSpace(request.Note))
        {
            timeline.Append(incident.Id, TimelineKind.Note, request.Note.Trim(), caller.Current.Name, now);
        }

        UndoableStep.Keep(incident, StepKind.Resolved, caller.Current.Name, now);
        await ending.ResolveAsync(incident, "Resolved", caller.Current.Name, now, cancellationToken);
        await desk.TellAsync(incident, IncidentChangeKind.Resolved, now, cancellationToken);
        return IncidentSummary.Of(incident, clocks, now);
    }
}
