using MediatR;
using OpsDashboard.Application.Kpis.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Kpis;

namespace OpsDashboard.Application.Kpis;

/// <summary>All KPIs in the order of their contracts. Filters that are null do not filter.</summary>
public sealed record ListKpis(string? Platform = null, string? Owner = null, KpiState? State = null) : IQuery<IReadOnlyList<KpiSummary>>
{
    public static Access Access => Access.ReadReports;
}

internal sealed class ListKpisHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<ListKpis, Outcome<IReadOnlyList<KpiSummary>>>
{
    public async Task<Outcome<IReadOnlyList<KpiSummary>>> Handle(ListKpis request, CancellationToken cancellationToken)
    {
        var today = time.Today();
        var reach = caller.Current.ScopeOf(ListKpis.Access);
        var kpis = await db.ReadKpisAsync(null, request.Platform, KpiSummary.Since(today), cancellationToken);
        return kpis
            .Where(kpi => reach.Covers(kpi.Definition.Platform))
            .Where(kpi => request.Owner is null || kpi.Definition.Owner == request.Owner)
            .Select(kpi => KpiSummary.Of(kpi.Series(today)))
            .Where(kpi => request.State is null || kpi.State == request.State)
            .ToList();
    }
}
