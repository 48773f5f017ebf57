using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.PostMortems;

/// <summary>Writes the document anew.</summary>
/// <param name="Version">The one that was read; another one in the store is a conflict.</param>
public sealed record EditPostMortem(long Id, int Version, string Text) : ICommand<Done>
{
    public const int MaxTextLength = PostMortemRow.MaxTextLength;

    public static Access Access => Access.Respond;
}

internal sealed class EditPostMortemValidator : AbstractValidator<EditPostMortem>
{
    public EditPostMortemValidator()
    {
        RuleFor(edit => edit.Text).Must(text => !string.IsNullOrWhiteSpace(text)).WithErrorCode("text.required").WithMessage("A post-mortem has words.");
        RuleFor(edit => edit.Text).MaximumLength(EditPostMortem.MaxTextLength).WithErrorCode("text.tooLong").WithMessage($"At most {EditPostMortem.MaxTextLength} characters.");
    }
}

internal sealed class EditPostMortemHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<EditPostMortem, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(EditPostMortem request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (await db.Set<PostMortemRow>().SingleOrDefaultAsync(one => one.Id == request.Id, cancellationToken) is not { } row)
        {
            return Failure.NotFound("This post-mortem");
        }

        if (row.State == PostMortemState.Published)
        {
            return Failure.Conflict("It was published and stays as it was read.");
        }

        if (row.Version != request.Version)
        {
            return Failure.Outdated($"{row.UpdatedBy} has changed it since you opened it. Copy your words, load it again and put them in.", []);
        }

        (row.Text, row.UpdatedBy, row.UpdatedAtMs, row.Version) = (request.Text, caller.Current.Name, now, row.Version + 1);
        db.Announce(now, IncidentTimeline.Subjects(row.IncidentId));
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}

/// <summary>Moves a post-mortem through its review.</summary>
public sealed record MovePostMortem(long Id, PostMortemState To) : ICommand<Done>
{
    public static Access Access => Access.Respond;
}

internal sealed class MovePostMortemHandler(OpsDbContext db, PostMortemDesk desk, IncidentTimeline timeline, CallerContext caller, TimeProvider time) : IRequestHandler<MovePostMortem, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(MovePostMortem request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (await db.Set<PostMortemRow>().SingleOrDefaultAsync(one => one.Id == request.Id, cancellationToken) is not { } row)
        {
            return Failure.NotFound("This post-mortem");
        }

        if (!PostMortemStates.CanMove(row.State, request.To))
        {
            return Failure.Conflict("From where it stands it cannot go there.");
        }

        (row.State, row.Version) = (request.To, row.Version + 1);
        row.PublishedAtMs = request.To == PostMortemState.Published ? now : null;
        var incident = (await desk.TakeAsync(row.IncidentId, cancellationToken))!;
        if (request.To == PostMortemState.Published && incident.Phase == IncidentPhase.Resolution)
        {
            incident.Phase = IncidentPhase.PostMortem;
        }

        timeline.Append(row.IncidentId, TimelineKind.PostMortem, request.To switch
        {
            PostMortemState.Draft => "Post-mortem taken back from review",
            PostMortemState.InReview => "Post-mortem handed to review",
            PostMortemState.Published => "Post-mortem published",
        }, caller.Current.Name, now);
        await desk.ArmAsync(incident, row, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
