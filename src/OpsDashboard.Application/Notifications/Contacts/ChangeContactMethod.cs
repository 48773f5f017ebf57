using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Contacts;

/// <summary>Changes when a contact method is used. Another address is another method, to be verified anew.</summary>
public sealed record ChangeContactMethod(int Id) : ICommand<Done>
{
    public static Access Access => Access.Respond;

    public string? Label { get; init; }

    public int? DelayMinutes { get; init; }

    /// <summary>Places towards the front (negative) or the end.</summary>
    public int Move { get; init; }
}

internal sealed class ChangeContactMethodValidator : AbstractValidator<ChangeContactMethod>
{
    public ChangeContactMethodValidator()
    {
        RuleFor(change => change.Label).MaximumLength(AddContactMethod.MaxLabelLength).WithErrorCode("label.tooLong").WithMessage($"At most {AddContactMethod.MaxLabelLength} characters.");
        RuleFor(change => change.DelayMinutes).InclusiveBetween(0, AddContactMethod.MaxDelayMinutes).WithErrorCode("delayMinutes.range")
            .WithMessage($"Between 0 and {AddContactMethod.MaxDelayMinutes} minutes.");
    }
}

internal sealed class ChangeContactMethodHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<ChangeContactMethod, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(ChangeContactMethod request, CancellationToken cancellationToken)
    {
        var row = await db.Set<ContactMethodRow>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (row is null)
        {
            return Failure.NotFound("This contact method");
        }

        if (ContactRight.Objection(caller.Current, row.PersonId) is { } objection)
        {
            return objection;
        }

        row.Label = request.Label?.Trim() ?? row.Label;
        row.DelaySeconds = request.DelayMinutes * 60 ?? row.DelaySeconds;
        if (request.Move != 0)
        {
            await MoveAsync(row, request.Move, cancellationToken);
        }

        db.Announce(time.NowMs(), ("paging", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }

    private async Task MoveAsync(ContactMethodRow row, int places, CancellationToken cancellationToken)
    {
        var all = await db.Set<ContactMethodRow>().Where(other => other.PersonId == row.PersonId).OrderBy(other => other.Position).ThenBy(other => other.Id).ToListAsync(cancellationToken);
        var from = all.IndexOf(row);
        all.RemoveAt(from);
        all.Insert(Math.Clamp(from + places, 0, all.Count), row);
        for (var i = 0; i < all.Count; i++)
        {
            all[i].Position = i;
        }
    }
}
