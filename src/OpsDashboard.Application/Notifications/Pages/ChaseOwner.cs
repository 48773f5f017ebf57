using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.PostMortems;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Outbound;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Pages;

/// <summary>Reminds the owner of an overdue action item, once a day, by the first quiet way they can be reached: a reminder wakes nobody.</summary>
internal sealed class ChaseOwnerHandler(OpsDbContext db, Outbox outbox, ChannelSetup channels, PublicAddress address) : INotificationHandler<ActionItemOverdue>
{
    private static readonly Channel[] Quiet = [Channel.Email, Channel.Slack];

    public async Task Handle(ActionItemOverdue notification, CancellationToken cancellationToken)
    {
        if (notification.OwnerId is not { } owner)
        {
            return;
        }

        var usable = channels.Usable.Intersect(Quiet).ToList();
        var method = await db.Set<ContactMethodRow>().AsNoTracking()
            .Where(row => row.PersonId == owner && row.VerifiedAtMs != null && usable.Contains(row.Channel))
            .OrderBy(row => row.Position)
            .FirstOrDefaultAsync(cancellationToken);
        if (method is null)
        {
            return;
        }

        var due = Instants.ToInstant(notification.DueMs).AddTicks(-1).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        outbox.Enqueue(new OutgoingMessage
        {
            DedupeKey = string.Create(CultureInfo.InvariantCulture, $"item/{notification.ItemId}/{notification.Times}/{method.Id}"),
            Channel = method.Channel,
            Address = method.Address,
            Subject = $"Overdue since {due}: {notification.Title}",
            Text = string.Create(CultureInfo.InvariantCulture, $"{notification.Owner}, this action item was due on {due}: {notification.Title}\n{address.Link("/post-mortems")}"),
            NotBeforeMs = notification.AtMs,
        });
    }
}
