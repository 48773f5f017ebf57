using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Series;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Incidents.Detail;

/// <summary>What the incident cost its objectives so far: the error budget burnt from its start to its end, and the credit the month risks.</summary>
public sealed record GetIncidentImpact(long Id) : IQuery<IReadOnlyList<SloImpact>>, IAboutIncident
{
    public static Access Access => Access.View;

    long IAboutIncident.IncidentId => Id;
}

/// <param name="Burnt">Bad events or seconds in the incident's span; null without data.</param>
/// <param name="Unit"><c>events</c> or <c>seconds</c>.</param>
/// <param name="BurntRatio">Share of the whole budget; null without a budget.</param>
/// <param name="CreditPercent">Of the month's fee, as the month stands now; null where the contract grants none.</param>
public sealed record SloImpact(string Slo, string Name, SloState State, decimal? Burnt, string Unit, decimal? BurntRatio, decimal? RemainingRatio, decimal? CreditPercent, Clause? CreditClause);

internal sealed class GetIncidentImpactHandler(OpsDbContext db, IDispatcher dispatcher, TimeProvider time) : IRequestHandler<GetIncidentImpact, Outcome<IReadOnlyList<SloImpact>>>
{
    public async Task<Outcome<IReadOnlyList<SloImpact>>> Handle(GetIncidentImpact request, CancellationToken cancellationToken)
    {
        var incident = await db.Set<IncidentRow>().AsNoTracking().Include(row => row.Slos).SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (incident is null)
        {
            return Failure.NotFound($"Incident {request.Id}");
        }

        var from = Instants.ToInstant(incident.StartedAtMs);
        var to = Instants.ToInstant(incident.ResolvedAtMs ?? time.NowMs());
        var found = new List<SloImpact>();
        foreach (var slo in incident.Slos.Select(row => row.Slo).Order(StringComparer.Ordinal))
        {
            var status = await dispatcher.Send(new GetSloStatus(slo), cancellationToken);
            if (status.Succeeded)
            {
                found.Add(await MeasureAsync(status.Value, from, to, cancellationToken));
            }
        }

        return found;
    }

    private async Task<SloImpact> MeasureAsync(SloStatus status, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        // A step of its own for every minute while that fits an answer; the finest a longer span allows else.
        var series = to > from ? await dispatcher.Send(new GetSloSeries(status.Id, from, to), cancellationToken) : null;
        var burnt = series is { Succeeded: true } && series.Value.Points.Any(point => point.Total > 0)
            ? series.Value.Points.Sum(point => point.Total - point.Good)
            : (decimal?)null;
        var credits = ShippedCredits.For(status.Platform, status.Tier, status.Window == SloWindow.CalendarMonth);
        return new(
            status.Id,
            status.Name,
            status.State,
            burnt,
            status.Budget.Unit,
            burnt is { } bad && status.Budget.Total > 0 ? bad / status.Budget.Total : null,
            status.Budget.RemainingRatio,
            credits is null || status.Sli is null ? null : credits.Table.PercentFor(status.Good, status.Total),
            credits?.Clause);
    }
}
