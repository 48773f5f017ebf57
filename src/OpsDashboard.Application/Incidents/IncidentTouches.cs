using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.PostMortems;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Incidents;

/// <summary>A request that names one incident.</summary>
internal interface IAboutIncident
{
    long IncidentId { get; }
}

/// <summary>An incident is about the services it affects, or about its platform; reaching one of them gives the right to it.</summary>
internal sealed class IncidentTouches(OpsDbContext db) : ITouchSource
{
    public async ValueTask<Touches?> FindAsync(object request, CancellationToken cancellationToken)
    {
        var id = request switch
        {
            IAboutIncident about => about.IncidentId,
            GetPostMortem get => await OfAsync(get.Id, cancellationToken),
            EditPostMortem edit => await OfAsync(edit.Id, cancellationToken),
            MovePostMortem move => await OfAsync(move.Id, cancellationToken),
            _ => (long?)null,
        };
        return id is { } incident ? await ReadAsync(incident, cancellationToken) : null;
    }

    private async Task<Touches> ReadAsync(long id, CancellationToken cancellationToken)
    {
        var found = await db.Set<IncidentRow>().AsNoTracking().Where(row => row.Id == id)
            .Select(row => new { row.Platform, Paths = row.Services.Select(service => service.Path).ToList() })
            .SingleOrDefaultAsync(cancellationToken);
        IEnumerable<string> paths = found switch
        {
            null => [],
            { Paths.Count: 0 } => [found.Platform],
            _ => found.Paths,
        };
        return new Touches([.. paths.Select(path => new Touched(path))], AnyIsEnough: true);
    }

    /// <returns>0, which no incident has, for one that is not there.</returns>
    private Task<long> OfAsync(long postMortem, CancellationToken cancellationToken) =>
        db.Set<PostMortemRow>().Where(row => row.Id == postMortem).Select(row => row.IncidentId).SingleOrDefaultAsync(cancellationToken);
}
