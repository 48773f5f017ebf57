using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Contacts;

/// <summary>Forgets a contact method. What is queued for it already still goes out: a page is never dropped.</summary>
public sealed record RemoveContactMethod(int Id) : ICommand<Done>
{
    public static Access Access => Access.Respond;
}

internal sealed class RemoveContactMethodHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<RemoveContactMethod, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(RemoveContactMethod request, CancellationToken cancellationToken)
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

        db.Remove(row);
        db.Announce(time.NowMs(), ("paging", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
