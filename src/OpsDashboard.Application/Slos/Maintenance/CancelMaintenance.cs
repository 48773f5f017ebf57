using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Store;

namespace OpsDashboard.Application.Slos.Maintenance;

/// <summary>Takes back a window that has not begun. One that has is history, and what it forgave stays forgiven.</summary>
public sealed record CancelMaintenance(int Id) : ICommand<Done>
{
    public static Access Access => Access.EditObjectives;
}

internal sealed class CancelMaintenanceHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<CancelMaintenance, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(CancelMaintenance request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var row = await db.Set<MaintenanceRow>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (row is null)
        {
            return Failure.NotFound("This maintenance window");
        }

        if (row.StartMs <= now)
        {
            return Failure.Conflict("The window has begun: it is part of the record and stays.");
        }

        db.Remove(row);
        db.Announce(now, AffectedServices.Notices(row.Platform, await AffectedServices.OfAsync(db, row.Platform, row.Service, cancellationToken)));
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
