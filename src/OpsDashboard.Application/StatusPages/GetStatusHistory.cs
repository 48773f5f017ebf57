using MediatR;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Application.Slos.Months;

namespace OpsDashboard.Application.StatusPages;

/// <summary>What was told in one month, newest first.</summary>
public sealed record StatusHistory(YearMonth Month, IReadOnlyList<StatusIncident> Incidents, IReadOnlyList<StatusMaintenance> Maintenance);

/// <summary>Published incidents and planned work that touch a calendar month (UTC) of a page.</summary>
/// <param name="Page">A platform or <see cref="StatusSite.All"/>.</param>
public sealed record GetStatusHistory(string Page, YearMonth Month) : IQuery<StatusHistory>
{
    public static Access Access => Access.Public;
}

internal sealed class GetStatusHistoryHandler(PublishedIncidents incidents, MaintenanceNow maintenance, TimeProvider time)
    : IRequestHandler<GetStatusHistory, Outcome<StatusHistory>>
{
    public async Task<Outcome<StatusHistory>> Handle(GetStatusHistory request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var (from, to) = (request.Month.Start, request.Month.End);
        var told = await incidents.BetweenAsync(from, to, cancellationToken);
        var work = await maintenance.BetweenAsync(from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds(), cancellationToken);
        var all = request.Page == StatusSite.All;
        return new StatusHistory(
            request.Month,
            [.. told.Where(incident => all || incident.Effects.Any(effect => effect.Platform == request.Page))],
            [.. work.Where(one => all || one.Platform == request.Page).OrderByDescending(one => one.StartMs).Select(one => GetStatusSiteHandler.Describe(one, now))]);
    }
}

/// <summary>One published incident, however old.</summary>
public sealed record GetStatusIncident(long Id) : IQuery<StatusIncident>
{
    public static Access Access => Access.Public;
}

internal sealed class GetStatusIncidentHandler(PublishedIncidents incidents) : IRequestHandler<GetStatusIncident, Outcome<StatusIncident>>
{
    public async Task<Outcome<StatusIncident>> Handle(GetStatusIncident request, CancellationToken cancellationToken) =>
        await incidents.FindAsync(request.Id, cancellationToken) is { } found ? found : Failure.NotFound("This incident");
}
