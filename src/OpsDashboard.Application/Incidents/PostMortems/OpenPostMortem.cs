using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Incidents.PostMortems;

/// <summary>Opens the post-mortem of a resolved incident whose severity does not ask for one. Where there is one, that is the answer.</summary>
public sealed record OpenPostMortem(long IncidentId) : ICommand<PostMortem>, IAboutIncident
{
    public static Access Access => Access.Respond;
}

internal sealed class OpenPostMortemHandler(OpsDbContext db, PostMortemDesk desk, CallerContext caller, TimeProvider time) : IRequestHandler<OpenPostMortem, Outcome<PostMortem>>
{
    public async Task<Outcome<PostMortem>> Handle(OpenPostMortem request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (await desk.TakeAsync(request.IncidentId, cancellationToken) is not { } incident)
        {
            return Failure.NotFound($"Incident {request.IncidentId}");
        }

        if (incident.IsOpen)
        {
            return Failure.Conflict("It is still open: the post-mortem begins when it is resolved.");
        }

        var row = await db.Set<PostMortemRow>().Include(one => one.Items).SingleOrDefaultAsync(one => one.IncidentId == incident.Id, cancellationToken)
            ?? await desk.OpenAsync(incident, caller.Current.Name, now, cancellationToken);
        return PostMortem.Of(row, incident, now);
    }
}
