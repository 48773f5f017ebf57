using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.OnCall;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Incidents.PostMortems;

/// <summary>Something to be done, by whom and until when. It is chased after the incident is closed, once a day from its due day on.</summary>
public sealed record AddActionItem : ICommand<Done>
{
    public const int MaxTitleLength = 300;
    public const int MaxItems = 100;

    public static Access Access => Access.Respond;

    public required long PostMortemId { get; init; }

    public required string Title { get; init; }

    /// <summary>Somebody of the roster, by id or name, or any other name.</summary>
    public required string Owner { get; init; }

    /// <summary>Last day (UTC).</summary>
    public required DateOnly Due { get; init; }
}

internal sealed class AddActionItemValidator : AbstractValidator<AddActionItem>
{
    public AddActionItemValidator(TimeProvider time)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        RuleFor(item => item.Title).Must(title => !string.IsNullOrWhiteSpace(title)).WithErrorCode("title.required").WithMessage("Say what is to be done.");
        RuleFor(item => item.Title).MaximumLength(AddActionItem.MaxTitleLength).WithErrorCode("title.tooLong").WithMessage($"At most {AddActionItem.MaxTitleLength} characters.");
        RuleFor(item => item.Owner).Must(owner => !string.IsNullOrWhiteSpace(owner)).WithErrorCode("owner.required").WithMessage("An item without an owner is nobody's.");
        RuleFor(item => item.Owner).MaximumLength(200).WithErrorCode("owner.tooLong").WithMessage("At most 200 characters.");
        RuleFor(item => item.Due).GreaterThanOrEqualTo(today).WithErrorCode("due.future").WithMessage("Today or later.");
        RuleFor(item => item.Due).LessThanOrEqualTo(today.AddYears(2)).WithErrorCode("due.far").WithMessage("Within two years.");
    }
}

internal sealed class AddActionItemHandler(OpsDbContext db, PostMortemDesk desk, OnCallRoster roster, IncidentTimeline timeline, CallerContext caller, TimeProvider time)
    : IRequestHandler<AddActionItem, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(AddActionItem request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (await db.Set<PostMortemRow>().Include(one => one.Items).SingleOrDefaultAsync(one => one.Id == request.PostMortemId, cancellationToken) is not { } row)
        {
            return Failure.NotFound("This post-mortem");
        }

        if (row.Items.Count >= AddActionItem.MaxItems)
        {
            return Failure.Conflict($"A post-mortem has at most {AddActionItem.MaxItems} action items.");
        }

        var owner = request.Owner.Trim();
        var known = (await roster.PeopleAsync(cancellationToken)).FirstOrDefault(person => person.Id == owner || person.Name == owner);
        row.Items.Add(new ActionItemRow
        {
            Title = request.Title.Trim(),
            Owner = known?.Name ?? owner,
            OwnerId = known?.Id,
            DueAtMs = new DateTimeOffset(request.Due.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds(),
            CreatedAtMs = now,
        });
        timeline.Append(row.IncidentId, TimelineKind.PostMortem, $"Action item for {known?.Name ?? owner}: {request.Title.Trim()}", caller.Current.Name, now);
        await desk.ArmAsync((await desk.TakeAsync(row.IncidentId, cancellationToken))!, row, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}

/// <summary>It is done; or it was not, after all.</summary>
public sealed record SettleActionItem(long Id, bool Done) : ICommand<Done>
{
    public static Access Access => Access.Respond;
}

internal sealed class SettleActionItemHandler(OpsDbContext db, PostMortemDesk desk, IncidentTimeline timeline, CallerContext caller, TimeProvider time)
    : IRequestHandler<SettleActionItem, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(SettleActionItem request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var row = await db.Set<PostMortemRow>().Include(one => one.Items).SingleOrDefaultAsync(one => one.Items.Any(item => item.Id == request.Id), cancellationToken);
        if (row is null)
        {
            return Failure.NotFound("This action item");
        }

        var item = row.Items.Single(one => one.Id == request.Id);
        if (item.DoneAtMs is not null == request.Done)
        {
            return default(Done);
        }

        item.DoneAtMs = request.Done ? now : null;
        item.DoneBy = request.Done ? caller.Current.Name : null;
        timeline.Append(row.IncidentId, TimelineKind.PostMortem, $"Action item {(request.Done ? "done" : "open again")}: {item.Title}", caller.Current.Name, now);
        await desk.ArmAsync((await desk.TakeAsync(row.IncidentId, cancellationToken))!, row, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
