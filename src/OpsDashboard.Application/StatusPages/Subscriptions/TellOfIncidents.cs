using MediatR;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.StatusPages.Subscriptions;

/// <summary>A public update goes to the pages and to their subscribers in the transaction that posts it.</summary>
internal sealed class TellOfUpdate(OpsDbContext db, PublishedIncidents incidents, StatusNotices notices) : INotificationHandler<UpdatePosted>
{
    public async Task Handle(UpdatePosted notification, CancellationToken cancellationToken)
    {
        if (!notification.Audiences.StatusPage)
        {
            return;
        }

        // What the handler reads must be what the command has written so far.
        await db.SaveChangesAsync(cancellationToken);
        if (await incidents.FindAsync(notification.IncidentId, cancellationToken) is not { } incident || incident.Updates.FirstOrDefault(one => one.Id == notification.UpdateId) is not { } update)
        {
            return;
        }

        var platforms = incident.Effects.Select(effect => effect.Platform).Distinct(StringComparer.Ordinal).ToList();
        await notices.WriteAsync(
            $"update:{update.Id}",
            platforms,
            $"[{update.State}] {incident.Title}",
            update.Text,
            $"/status/incidents/{incident.Id}",
            new
            {
                type = "incident",
                incident = new
                {
                    id = incident.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    name = incident.Title,
                    status = update.State,
                    started_at = incident.StartedAt,
                    resolved_at = incident.ResolvedAt,
                    body = update.Text,
                    services = incident.Effects.Select(effect => effect.Service ?? effect.Platform),
                },
            },
            notification.AtMs,
            cancellationToken);
    }
}

/// <summary>What the public sees of an incident may change without a word to it: other services are affected, or it was merged.</summary>
internal sealed class FollowIncident(OpsDbContext db, PublishedIncidents incidents) : INotificationHandler<IncidentChanged>
{
    public async Task Handle(IncidentChanged notification, CancellationToken cancellationToken)
    {
        if (await incidents.FindAsync(notification.IncidentId, cancellationToken) is { } incident)
        {
            db.AnnounceStatus(notification.AtMs, incident.Effects.Select(effect => effect.Platform));
        }
    }
}
