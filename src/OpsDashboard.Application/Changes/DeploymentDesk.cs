using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Changes.Store;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Changes;

namespace OpsDashboard.Application.Changes;

/// <summary>Takes down what was told of a deployment, by whatever way it came, in the caller's transaction.</summary>
internal sealed class DeploymentDesk(OpsDbContext db, IncidentSpans incidents, IncidentTimeline timeline, CallerContext caller, TimeProvider time)
{
    /// <summary>Whether the last one taken down was not known before.</summary>
    public bool WasNew { get; private set; }

    /// <returns>Null when it was taken down; saves.</returns>
    public async Task<Failure?> RecordAsync(Deployment told, CancellationToken cancellationToken)
    {
        if (!(await db.ListServicePathsAsync(cancellationToken)).Contains(told.Service, StringComparer.Ordinal))
        {
            return Failure.Invalid("/service", "service.known", $"There is no service \"{told.Service}\".");
        }

        var row = await db.Set<DeploymentRow>().SingleOrDefaultAsync(one => one.Service == told.Service && one.Key == told.Id, cancellationToken);
        var was = row?.Outcome;
        WasNew = row is null;
        if (row is null)
        {
            db.Add(DeploymentRecord.ToRow(told, caller.Current.Name));
        }
        else
        {
            DeploymentRecord.Take(row, told);
        }

        if (told.IsProduction && was != told.Outcome)
        {
            await TellIncidentsAsync(told, cancellationToken);
        }

        db.Announce(time.NowMs(), ("deployments", "all"), ("dashboard", "development"), ("service", told.Service));
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>Who works on an incident of the service sees at once that something was deployed, or taken back.</summary>
    private async Task TellIncidentsAsync(Deployment told, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var at = told.Outcome switch
        {
            DeploymentOutcome.InProgress => told.StartedAt,
            DeploymentOutcome.Succeeded or DeploymentOutcome.Failed => told.FinishedAt ?? told.StartedAt,
            DeploymentOutcome.RolledBack => told.RecoveredAt ?? told.FinishedAt ?? told.StartedAt,
        };
        foreach (var incident in (await incidents.InAsync(now, now + 1, cancellationToken)).Where(one => one.EndMs is null && one.Touches(told.Service, "")))
        {
            timeline.Append(incident.Id, TimelineKind.Change, DeploymentWords.Say(told), told.Author, at.ToUnixTimeMilliseconds());
        }
    }
}
