using FluentValidation;
using MediatR;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Incidents.Work;

public sealed record EditIncident(long IncidentId, string Title, string? Summary) : ICommand<IncidentSummary>, IAboutIncident
{
    public static Access Access => Access.Respond;
}

internal sealed class EditIncidentValidator : AbstractValidator<EditIncident>
{
    public EditIncidentValidator()
    {
        RuleFor(edit => edit.Title).Must(title => !string.IsNullOrWhiteSpace(title)).WithErrorCode("title.required").WithMessage("Say in a sentence what is wrong.");
        RuleFor(edit => edit.Title).MaximumLength(IncidentRow.MaxTitleLength).WithErrorCode("title.tooLong").WithMessage($"At most {IncidentRow.MaxTitleLength} characters.");
        RuleFor(edit => edit.Summary).MaximumLength(IncidentRow.MaxSummaryLength).WithErrorCode("summary.tooLong").WithMessage($"At most {IncidentRow.MaxSummaryLength} characters.");
    }
}

internal sealed class EditIncidentHandler(IncidentChange change, IncidentTimeline timeline, CallerContext caller) : IRequestHandler<EditIncident, Outcome<IncidentSummary>>
{
    public Task<Outcome<IncidentSummary>> Handle(EditIncident request, CancellationToken cancellationToken) => change.ApplyAsync(
        request.IncidentId,
        IncidentChangeKind.Edited,
        (incident, now) =>
        {
            if (incident.Title != request.Title.Trim())
            {
                timeline.Append(incident.Id, TimelineKind.Change, $"Title: {request.Title.Trim()}", caller.Current.Name, now);
            }

            incident.Title = request.Title.Trim();
            incident.Summary = string.IsNullOrWhiteSpace(request.Summary) ? null : request.Summary.Trim();
            return null;
        },
        cancellationToken);
}
