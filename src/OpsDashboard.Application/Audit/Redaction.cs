using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsDashboard.Application.Audit;

/// <summary>Keeps secrets and contact data out of the trail: it is kept for years and read by many.</summary>
internal static class Redaction
{
    public const string Mark = "[redacted]";
    private const int MaxTextLength = 1_000;
    private const int MaxDetailLength = 8_000;

    private static readonly string[] Hidden = ["secret", "token", "password", "key", "address", "phone", "email", "code", "hash", "signature", "headers", "cookie", "credential"];

    /// <summary>Names that contain one of the words above and are none of it.</summary>
    private static readonly string[] Shown = ["dedupekey", "alertkey", "groupkey"];

    public static bool IsHidden(string field) =>
        !Shown.Contains(field, StringComparer.OrdinalIgnoreCase) && Array.Exists(Hidden, word => field.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>A stored field; one that holds JSON is looked into.</summary>
    public static string? Text(string field, string? value)
    {
        if (value is null || IsHidden(field))
        {
            return value is null ? null : Mark;
        }

        var shown = value is ['{' or '[', ..] ? Json(value) : value;
        return shown.Length <= MaxTextLength ? shown : shown[..MaxTextLength] + "…";
    }

    /// <summary>A request as JSON, its hidden fields marked.</summary>
    public static string Request(object request, JsonSerializerOptions options)
    {
        var node = JsonSerializer.SerializeToNode(request, request.GetType(), options);
        Hide(node);
        var text = node?.ToJsonString(options) ?? "{}";
        return text.Length <= MaxDetailLength ? text : text[..MaxDetailLength] + "…";
    }

    private static string Json(string value)
    {
        try
        {
            var node = JsonNode.Parse(value);
            Hide(node);
            return node?.ToJsonString() ?? value;
        }
        catch (JsonException)
        {
            // A text that only begins like JSON.
            return value;
        }
    }

    private static void Hide(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields.ToList())
                {
                    if (value is not null && IsHidden(name))
                    {
                        fields[name] = Mark;
                    }
                    else
                    {
                        Hide(value);
                    }
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Hide(item);
                }

                break;
            default:
                break;
        }
    }
}
