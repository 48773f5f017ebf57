using FluentValidation;
using MediatR;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Incidents.Work;

/// <summary>What the team should know; never leaves it.</summary>
/// <param name="Text">Markdown.</param>
public sealed record AddNote(long IncidentId, string Text) : ICommand<IncidentSummary>, IAboutIncident
{
    public const int MaxTextLength = TimelineRow.MaxTextLength;

    public static Access Access => Access.Respond;
}

internal sealed class AddNoteValidator : AbstractValidator<AddNote>
{
    public AddNoteValidator()
    {
        RuleFor(note => note.Text).Must(text => !string.IsNullOrWhiteSpace(text)).WithErrorCode("text.required").WithMessage("Write what was found or done.");
        RuleFor(note => note.Text).MaximumLength(AddNote.MaxTextLength).WithErrorCode("text.tooLong").WithMessage($"At most {AddNote.MaxTextLength} characters.");
    }
}

internal sealed class AddNoteHandler(IncidentChange change, IncidentTimeline timeline, CallerContext caller) : IRequestHandler<AddNote, Outcome<IncidentSummary>>
{
    public Task<Outcome<IncidentSummary>> Handle(AddNote request, CancellationToken cancellationToken) => change.ApplyAsync(
        request.IncidentId,
        IncidentChangeKind.Edited,
        (incident, now) =>
        {
            timeline.Append(incident.Id, TimelineKind.Note, request.Text.Trim(), caller.Current.Name, now);
            return null;
        },
        cancellationToken);
}
