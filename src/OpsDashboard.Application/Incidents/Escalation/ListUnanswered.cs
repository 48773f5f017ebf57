using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Detail;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Incidents.Escalation;

/// <summary>Open incidents for which nobody was found, or which nobody of all who were paged took; the worst first. Every screen shows them.</summary>
public sealed record ListUnanswered : IQuery<IReadOnlyList<IncidentName>>
{
    public const int Most = 20;

    public static Access Access => Access.View;
}

internal sealed class ListUnansweredHandler(OpsDbContext db) : IRequestHandler<ListUnanswered, Outcome<IReadOnlyList<IncidentName>>>
{
    public async Task<Outcome<IReadOnlyList<IncidentName>>> Handle(ListUnanswered request, CancellationToken cancellationToken) =>
        await db.Set<IncidentRow>().AsNoTracking()
            .Where(row => row.Unanswered && row.ResolvedAtMs == null)
            .OrderBy(row => row.SeverityRank).ThenBy(row => row.Id)
            .Take(ListUnanswered.Most)
            .Select(row => new IncidentName(row.Id, row.Name, row.Title))
            .ToListAsync(cancellationToken);
}
