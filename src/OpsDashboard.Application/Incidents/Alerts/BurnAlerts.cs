using System.Globalization;
using MediatR;
using OpsDashboard.Application.Incidents.Alerts.Desk;
using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Incidents.Alerts;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Incidents.Alerts;

/// <summary>A budget that burns too fast is an alert; all rules of one objective are one group.</summary>
internal sealed class BurnAlerts(AlertDesk desk, StatusBoard board) : INotificationHandler<BurnRateBreached>, INotificationHandler<BurnRateRecovered>
{
    public Task Handle(BurnRateBreached notification, CancellationToken cancellationToken)
    {
        var rule = notification.Rule;
        var parts = notification.SloId.Split('/');
        var name = board.Find(notification.SloId)?.Name ?? parts[^1];
        var (of, with) = (Window(rule.LongWindowMinutes), Window(rule.ShortWindowMinutes));
        return desk.RaiseAsync(
            new AlertSignal
            {
                Key = KeyOf(notification.SloId, rule),
                GroupKey = AlertIdentity.GroupOf("slo", notification.SloId),
                Source = AlertSource.BurnRate,
                Title = string.Create(CultureInfo.InvariantCulture, $"{name}: budget burns faster than {rule.Threshold:0.##}× over {of}"),
                Description = string.Create(CultureInfo.InvariantCulture, $"The error budget of {notification.SloId} burns more than {rule.Threshold:0.##} times as fast as it may, over {of} and over {with}."),
                Labels = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["alertname"] = "BurnRate",
                    ["slo"] = notification.SloId,
                    ["long_window"] = of,
                    ["short_window"] = with,
                },
                Platform = parts[0],
                Service = parts.Length > 1 ? parts[1] : null,
                Level = rule.Severity == AlertSeverity.Page ? AlertLevel.High : AlertLevel.Warning,
                StartsAtMs = notification.Since.ToUnixTimeMilliseconds(),
            },
            cancellationToken);
    }

    public Task Handle(BurnRateRecovered notification, CancellationToken cancellationToken) =>
        desk.ClearAsync(KeyOf(notification.SloId, notification.Rule), notification.Until.ToUnixTimeMilliseconds(), cancellationToken);

    private static string KeyOf(string sloId, BurnAlertRule rule) =>
        $"{AlertIdentity.GroupOf("slo", sloId)}:{Window(rule.LongWindowMinutes)}/{Window(rule.ShortWindowMinutes)}";

    private static string Window(int minutes) => minutes % 60 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{minutes / 60}h")
        : string.Create(CultureInfo.InvariantCulture, $"{minutes}m");
}
