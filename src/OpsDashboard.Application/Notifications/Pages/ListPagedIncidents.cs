using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Notifications.Pages;

/// <summary>Incidents a person was paged for and nobody has taken since, by id; the newest first.</summary>
public sealed record ListPagedIncidents(string PersonId) : IQuery<IReadOnlyList<long>>
{
    public const int Most = 500;

    public static Access Access => Access.View;
}

internal sealed class ListPagedIncidentsHandler(OpsDbContext db) : IRequestHandler<ListPagedIncidents, Outcome<IReadOnlyList<long>>>
{
    public async Task<Outcome<IReadOnlyList<long>>> Handle(ListPagedIncidents request, CancellationToken cancellationToken) =>
        await db.Set<PageRow>().AsNoTracking()
            .Where(page => page.PersonId == request.PersonId && page.WithdrawnAtMs == null)
            .Select(page => page.IncidentId)
            .Distinct()
            .OrderByDescending(id => id)
            .Take(ListPagedIncidents.Most)
            .ToListAsync(cancellationToken);
}
