using System.Globalization;
using MediatR;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Incidents.Alerts;
using OpsDashboard.Application.Platform.Outbound;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Notifications.Pages;

/// <summary>
/// Alerts that are to be told and page nobody go to one Slack channel (agent-mesh 5.2, "Warning Alerts (Slack)"), once for each
/// opening, in the transaction that opens them.
/// </summary>
internal sealed class TellWarningsHandler(Outbox outbox, IOptions<PagingOptions> options, PublicAddress address) : INotificationHandler<AlertOpened>
{
    public Task Handle(AlertOpened notification, CancellationToken cancellationToken)
    {
        if (options.Value.WarningsSlackUrl is { Length: > 0 } url && notification is { Action: AlertAction.Notify, Muted: false })
        {
            var where = notification.Service is null ? notification.Platform : $"{notification.Platform}/{notification.Service}";
            outbox.Enqueue(new OutgoingMessage
            {
                DedupeKey = string.Create(CultureInfo.InvariantCulture, $"warning/{notification.AlertId}/{notification.AtMs}"),
                Channel = Channel.Slack,
                Address = url,
                Subject = $"[{notification.Severity}] {notification.Title}",
                Text = $"{where}\n{address.Link("/alerts")}",
                NotBeforeMs = notification.AtMs,
            });
        }

        return Task.CompletedTask;
    }
}
