using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Store;

namespace OpsDashboard.Application.Slos.Maintenance;

/// <summary>A window or a series is about what it was planned for.</summary>
internal sealed class MaintenanceTouches(OpsDbContext db) : ITouchSource
{
    public async ValueTask<Touches?> FindAsync(object request, CancellationToken cancellationToken) => request switch
    {
        CancelMaintenance cancel => await OfWindowAsync(cancel.Id, cancellationToken),
        FinishMaintenance finish => await OfWindowAsync(finish.Id, cancellationToken),
        EndMaintenanceSeries end => Describe(await db.Set<MaintenanceSeriesRow>().Where(row => row.Id == end.Id)
            .Select(row => Touched.Service(row.Platform, row.Service)).ToListAsync(cancellationToken)),
        _ => null,
    };

    private async Task<Touches> OfWindowAsync(int id, CancellationToken cancellationToken) => Describe(await db.Set<MaintenanceRow>().Where(row => row.Id == id)
        .Select(row => Touched.Service(row.Platform, row.Service)).ToListAsync(cancellationToken));

    private static Touches Describe(IReadOnlyList<Touched> found) => new(found);
}
