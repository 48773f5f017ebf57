using System.Text.Json;
using OpsDashboard.Application.Incidents.Alerts.Desk;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.Intake;

/// <summary>
/// The webhook of Prometheus Alertmanager, version 4. Each alert stands for itself: the status of the group is not looked at, and an
/// alert that is missing because the body was truncated says nothing.
/// </summary>
internal sealed class AlertmanagerBody(IntegrationRef integration, BodyFields fields, long nowMs)
{
    public IReadOnlyList<AlertMessage> Read(JsonElement root, int maxAlerts)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            fields.Refuse("/", "body.object", "The body must be a JSON object.");
            return [];
        }

        if (!root.TryGetProperty("alerts", out var alerts) || alerts.ValueKind != JsonValueKind.Array)
        {
            fields.Refuse("/alerts", "alerts.required", "alerts must be an array.");
            return [];
        }

        if (alerts.GetArrayLength() > maxAlerts)
        {
            fields.Refuse("/alerts", "alerts.tooMany", $"At most {maxAlerts} alerts in one body; see max_alerts of the receiver.");
            return [];
        }

        var groupKey = fields.Text(root, "groupKey", "");
        var messages = new List<AlertMessage>(alerts.GetArrayLength());
        var index = 0;
        foreach (var alert in alerts.EnumerateArray())
        {
            if (Read(alert, groupKey, $"/alerts/{index++}") is { } message)
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    private AlertMessage? Read(JsonElement alert, string? groupKey, string at)
    {
        if (alert.ValueKind != JsonValueKind.Object)
        {
            fields.Refuse(at, "alert.object", "An alert must be a JSON object.");
            return null;
        }

        var status = fields.Text(alert, "status", at);
        if (status is not ("firing" or "resolved"))
        {
            fields.Refuse($"{at}/status", "status.known", "status must be firing or resolved.");
        }

        var labels = fields.Texts(alert, "labels", at);
        if (labels.Count == 0)
        {
            fields.Refuse($"{at}/labels", "labels.required", "An alert has at least one label.");
        }

        var annotations = fields.Texts(alert, "annotations", at);
        var origin = $"i{integration.Id}";
        var key = AlertIdentity.KeyOf(origin, fields.Text(alert, "fingerprint", at), labels);
        var starts = fields.Instant(alert, "startsAt", at);
        var ends = fields.Instant(alert, "endsAt", at);
        labels.TryAdd("integration", integration.Name);
        var signal = new AlertSignal
        {
            Key = key,
            GroupKey = groupKey is { Length: > 0 } ? AlertIdentity.GroupOf(origin, groupKey) : key,
            Source = AlertSource.Alertmanager,
            IntegrationId = integration.Id,
            Title = First(annotations, "summary", "title") ?? First(labels, "alertname") ?? "Alert",
            Description = First(annotations, "description", "message"),
            Link = fields.Text(alert, "generatorURL", at),
            Labels = labels,
            Annotations = annotations,
            StartsAtMs = starts ?? nowMs,
            StaleAfterSeconds = integration.StaleAfterSeconds,
        };
        return new AlertMessage(signal, starts, status == "resolved" ? ends ?? nowMs : null);
    }

    private static string? First(Dictionary<string, string> texts, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (texts.TryGetValue(name, out var text) && !string.IsNullOrWhiteSpace(text))
            {
                return text;
            }
        }

        return null;
    }
}
