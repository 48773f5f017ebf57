using System.Text.Json;
using OpsDashboard.Application.Incidents.Alerts.Desk;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.Intake;

/// <summary>The product's own shape: one alert as an object, several as an array or under "alerts".</summary>
internal sealed class AlertApiBody(IntegrationRef integration, BodyFields fields, long nowMs)
{
    public IReadOnlyList<AlertMessage> Read(JsonElement root, int maxAlerts)
    {
        var (list, at) = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("alerts", out var under) ? (under, "/alerts") : (root, "");
        if (list.ValueKind == JsonValueKind.Object && at.Length == 0)
        {
            return Read(list, "") is { } only ? [only] : [];
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            fields.Refuse(at.Length == 0 ? "/" : at, "alerts.array", "Send one alert as an object, or several as an array.");
            return [];
        }

        if (list.GetArrayLength() > maxAlerts)
        {
            fields.Refuse(at.Length == 0 ? "/" : at, "alerts.tooMany", $"At most {maxAlerts} alerts in one body.");
            return [];
        }

        var messages = new List<AlertMessage>(list.GetArrayLength());
        var index = 0;
        foreach (var alert in list.EnumerateArray())
        {
            if (Read(alert, $"{at}/{index++}") is { } message)
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    private AlertMessage? Read(JsonElement alert, string at)
    {
        if (alert.ValueKind != JsonValueKind.Object)
        {
            fields.Refuse(at, "alert.object", "An alert must be a JSON object.");
            return null;
        }

        var status = fields.Text(alert, "status", at) ?? "firing";
        if (status is not ("firing" or "resolved"))
        {
            fields.Refuse($"{at}/status", "status.known", "status must be firing or resolved.");
        }

        var labels = fields.Texts(alert, "labels", at);
        var title = fields.Text(alert, "title", at)?.Trim();
        var stated = fields.Text(alert, "key", at);
        if (string.IsNullOrEmpty(title) && !labels.ContainsKey("alertname") && string.IsNullOrWhiteSpace(stated))
        {
            fields.Refuse($"{at}/title", "title.required", "Say in a title what is wrong.");
        }

        var severity = fields.Text(alert, "severity", at);
        Put(labels, "alertname", title);
        Put(labels, "severity", severity);
        Put(labels, "platform", fields.Text(alert, "platform", at));
        Put(labels, "service", fields.Text(alert, "service", at));
        var origin = $"i{integration.Id}";
        var key = AlertIdentity.KeyOf(origin, stated, labels);
        var group = fields.Text(alert, "groupKey", at);
        var starts = fields.Instant(alert, "startsAt", at);
        var ends = fields.Instant(alert, "endsAt", at);
        labels.TryAdd("integration", integration.Name);
        var signal = new AlertSignal
        {
            Key = key,
            GroupKey = string.IsNullOrWhiteSpace(group) ? key : AlertIdentity.GroupOf(origin, group),
            Source = AlertSource.Api,
            IntegrationId = integration.Id,
            Title = string.IsNullOrEmpty(title) ? labels.GetValueOrDefault("alertname") ?? stated ?? "Alert" : title,
            Description = fields.Text(alert, "description", at),
            Link = fields.Text(alert, "link", at),
            Labels = labels,
            Annotations = fields.Texts(alert, "annotations", at),
            StartsAtMs = starts ?? nowMs,
            StaleAfterSeconds = null,
        };
        return new AlertMessage(signal, starts, status == "resolved" ? ends ?? nowMs : null);
    }

    private static void Put(Dictionary<string, string> labels, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            labels[name] = value;
        }
    }
}
