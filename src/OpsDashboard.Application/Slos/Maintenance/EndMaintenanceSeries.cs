using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Store;

namespace OpsDashboard.Application.Slos.Maintenance;

/// <summary>Ends a series and takes back its windows that have not begun; those that have stay as they are.</summary>
public sealed record EndMaintenanceSeries(int Id) : ICommand<Done>
{
    public static Access Access => Access.EditObjectives;
}

internal sealed class EndMaintenanceSeriesHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<EndMaintenanceSeries, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(EndMaintenanceSeries request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var series = await db.Set<MaintenanceSeriesRow>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (series is null)
        {
            return Failure.NotFound("This series");
        }

        if (series.EndedAtMs is not null)
        {
            return Failure.Conflict("The series has ended already.");
        }

        series.EndedAtMs = now;
        db.RemoveRange(await db.Set<MaintenanceRow>().Where(row => row.SeriesId == series.Id && row.StartMs > now).ToListAsync(cancellationToken));
        var affected = await AffectedServices.OfAsync(db, series.Platform, series.Service, cancellationToken);
        db.Announce(now, AffectedServices.Notices(series.Platform, affected));
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
