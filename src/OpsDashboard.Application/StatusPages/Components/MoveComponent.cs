using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.StatusPages.Store;

namespace OpsDashboard.Application.StatusPages.Components;

/// <summary>Moves a component before its predecessor of the same platform, or behind its successor. At the end it stays.</summary>
public sealed record MoveComponent(int Id, bool Up) : ICommand<Done>
{
    public static Access Access => Access.Administer;
}

internal sealed class MoveComponentHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<MoveComponent, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(MoveComponent request, CancellationToken cancellationToken)
    {
        var rows = await db.Set<ComponentRow>().OrderBy(row => row.Position).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        var moved = rows.Find(row => row.Id == request.Id);
        if (moved is null)
        {
            return Failure.NotFound("This component");
        }

        var siblings = rows.FindAll(row => row.Platform == moved.Platform);
        var other = siblings.IndexOf(moved) + (request.Up ? -1 : 1);
        if (other < 0 || other >= siblings.Count)
        {
            return default(Done);
        }

        var (from, to) = (rows.IndexOf(moved), rows.IndexOf(siblings[other]));
        (rows[from], rows[to]) = (rows[to], rows[from]);
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i].Position = i + 1;
        }

        db.AnnounceStatus(time.NowMs(), moved.Platform);
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
