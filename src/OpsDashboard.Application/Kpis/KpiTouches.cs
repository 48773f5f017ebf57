using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Kpis.Entry;
using OpsDashboard.Application.Kpis.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Kpis;

/// <summary>A request about one KPI.</summary>
public interface INamesKpi
{
    string KpiId { get; }
}

/// <summary>A KPI belongs to its platform.</summary>
internal sealed class KpiTouches(OpsDbContext db) : ITouchSource
{
    public async ValueTask<Touches?> FindAsync(object request, CancellationToken cancellationToken) => request switch
    {
        INamesKpi { KpiId: var id } => await OfAsync([id], cancellationToken),
        ImportMeasurements { Csv: var csv } => await OfAsync(CsvClaims.KpisOf(csv), cancellationToken),
        TryMeasurements { Csv: var csv } => await OfAsync(CsvClaims.KpisOf(csv), cancellationToken),
        _ => null,
    };

    private async Task<Touches> OfAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var platforms = await db.Set<KpiRow>().AsNoTracking().Where(row => ids.Contains(row.Id)).Select(row => row.Platform).Distinct().ToListAsync(cancellationToken);
        return new Touches(platforms.ConvertAll(platform => new Touched(platform)));
    }
}
