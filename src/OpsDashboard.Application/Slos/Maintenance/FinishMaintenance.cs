using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Store;

namespace OpsDashboard.Application.Slos.Maintenance;

/// <summary>What a person says about work under way, ahead of its planned end.</summary>
public enum MaintenanceFinish
{
    /// <summary>The work is done; its effect is watched until the planned end.</summary>
    Verifying,

    /// <summary>All is done; the window ends now.</summary>
    Completed,
}

/// <summary>Moves a running window on before its planned end, which otherwise ends it by itself.</summary>
public sealed record FinishMaintenance(int Id, MaintenanceFinish Finish) : ICommand<Done>
{
    public static Access Access => Access.EditObjectives;
}

internal sealed class FinishMaintenanceHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<FinishMaintenance, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(FinishMaintenance request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var row = await db.Set<MaintenanceRow>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (row is null)
        {
            return Failure.NotFound("This maintenance window");
        }

        if (row.StartMs > now || row.EndMs <= now)
        {
            return Failure.Conflict("Only work that is under way can be finished.");
        }

        if (request.Finish == MaintenanceFinish.Verifying && row.VerifyingSinceMs is not null)
        {
            return Failure.Conflict("Its effect is being watched already.");
        }

        row.VerifyingSinceMs ??= request.Finish == MaintenanceFinish.Verifying ? now : null;
        if (request.Finish == MaintenanceFinish.Completed)
        {
            row.EndMs = now;
        }

        var affected = await AffectedServices.OfAsync(db, row.Platform, row.Service, cancellationToken);
        db.Announce(now, AffectedServices.Notices(row.Platform, affected));
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
