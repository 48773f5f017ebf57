using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Incidents.PostMortems;

/// <summary>Post-mortems, newest first, with their action items; at most <see cref="Most"/>.</summary>
public sealed record ListPostMortems : IQuery<IReadOnlyList<PostMortem>>
{
    public const int Most = 500;

    public static Access Access => Access.View;

    /// <summary>Null: of all incidents.</summary>
    public long? IncidentId { get; init; }
}

internal sealed class ListPostMortemsHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<ListPostMortems, Outcome<IReadOnlyList<PostMortem>>>
{
    public async Task<Outcome<IReadOnlyList<PostMortem>>> Handle(ListPostMortems request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var rows = await db.Set<PostMortemRow>().AsNoTracking().Include(row => row.Items)
            .Where(row => request.IncidentId == null || row.IncidentId == request.IncidentId)
            .OrderByDescending(row => row.Id).Take(ListPostMortems.Most).ToListAsync(cancellationToken);
        var ids = rows.ConvertAll(row => row.IncidentId);
        var incidents = await db.Set<IncidentRow>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        return rows.ConvertAll(row => PostMortem.Of(row, incidents[row.IncidentId], now));
    }
}

public sealed record GetPostMortem(long Id) : IQuery<PostMortem>
{
    public static Access Access => Access.View;
}

internal sealed class GetPostMortemHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<GetPostMortem, Outcome<PostMortem>>
{
    public async Task<Outcome<PostMortem>> Handle(GetPostMortem request, CancellationToken cancellationToken)
    {
        var row = await db.Set<PostMortemRow>().AsNoTracking().Include(row => row.Items).SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (row is null)
        {
            return Failure.NotFound("This post-mortem");
        }

        return PostMortem.Of(row, await db.Set<IncidentRow>().AsNoTracking().SingleAsync(incident => incident.Id == row.IncidentId, cancellationToken), time.NowMs());
    }
}
