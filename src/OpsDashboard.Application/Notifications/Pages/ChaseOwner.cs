using System.Globalization;
using MediatR;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.PostMortems;
using OpsDashboard.Application.Notifications.OnCallWatch;
using OpsDashboard.Application.Platform.Outbound;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Pages;

/// <summary>
/// Reminds who owes something of an incident: the owner of an overdue action item, once a day; the lead of an incident whose
/// post-mortem is overdue; who writes the updates, before the next is due. The first two wake nobody.
/// </summary>
internal sealed class ChaseOwnerHandler(PersonalWord word, PublicAddress address)
    : INotificationHandler<ActionItemOverdue>, INotificationHandler<PostMortemOverdue>, INotificationHandler<UpdateDueSoon>
{
    public async Task Handle(ActionItemOverdue notification, CancellationToken cancellationToken)
    {
        if (notification.OwnerId is { } owner)
        {
            var due = Instants.ToInstant(notification.DueMs).AddTicks(-1).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            await word.SendAsync(
                owner,
                string.Create(CultureInfo.InvariantCulture, $"item/{notification.ItemId}/{notification.Times}"),
                $"Overdue since {due}: {notification.Title}",
                $"{notification.Owner}, this action item was due on {due}: {notification.Title}\n{address.Link("/post-mortems")}",
                urgent: false,
                notification.AtMs,
                cancellationToken);
        }
    }

    public async Task Handle(PostMortemOverdue notification, CancellationToken cancellationToken)
    {
        if (notification.OwnerId is { } owner)
        {
            await word.SendAsync(
                owner,
                string.Create(CultureInfo.InvariantCulture, $"post-mortem/{notification.PostMortemId}"),
                $"The post-mortem of {notification.Title} is overdue",
                string.Create(CultureInfo.InvariantCulture, $"The post-mortem of {notification.IncidentName}, {notification.Title}, was due 72 hours after it was opened and is not published.\n{address.Link($"/post-mortems/{notification.PostMortemId}")}"),
                urgent: false,
                notification.AtMs,
                cancellationToken);
        }
    }

    public async Task Handle(UpdateDueSoon notification, CancellationToken cancellationToken)
    {
        if (notification.PersonId is { } writer)
        {
            var due = Instants.ToInstant(notification.DueMs).UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture);
            await word.SendAsync(
                writer,
                string.Create(CultureInfo.InvariantCulture, $"update/{notification.IncidentId}/{notification.DueMs}"),
                $"The next update is due at {due}: {notification.Title}",
                string.Create(CultureInfo.InvariantCulture, $"Those affected by \"{notification.Title}\" are promised word by {due}.\n{address.Link($"/incidents/{notification.IncidentId}#update")}"),
                notification.Urgent,
                notification.AtMs,
                cancellationToken);
        }
    }
}
