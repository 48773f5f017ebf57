using System.Globalization;
using MediatR;
using OpsDashboard.Application.Keys.Watch;
using OpsDashboard.Application.Platform.Outbound;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.OnCallWatch;

/// <summary>The maker of a key is told that it expires; one who cannot be reached stands behind the operations manager.</summary>
internal sealed class TellKeyExpires(PersonalWord word, Managers managers, PublicAddress address) : INotificationHandler<KeyExpires>
{
    public async Task Handle(KeyExpires notification, CancellationToken cancellationToken)
    {
        var day = Instants.ToInstant(notification.ExpiresAtMs).UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var subject = $"The key of {notification.Name} expires on {day} UTC";
        var text = $"The key {notification.Id} of {notification.Name} is refused from {day} UTC on. Make the one that follows it and hand it to the program before: both are good until then.\n{address.Link("/keys")}";
        if (notification.OwnerId is { } owner && await SendAsync(owner))
        {
            return;
        }

        foreach (var person in await managers.WhoAsync(notification.AtMs, cancellationToken))
        {
            await SendAsync(person.Id);
        }

        Task<bool> SendAsync(string personId) =>
            word.SendAsync(personId, $"key/{notification.Id}/{personId}", subject, text, urgent: false, notification.AtMs, cancellationToken);
    }
}
