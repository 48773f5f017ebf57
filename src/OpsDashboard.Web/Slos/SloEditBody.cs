using System.Text.Json;
using System.Text.Json.Nodes;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Domain;

namespace OpsDashboard.Web.Slos;

/// <summary>The body of an edit or a what-if laid over the terms there are: absent fields stay, objects merge, lists are replaced.</summary>
internal sealed record SloEditBody(SloTerms Terms, DateTimeOffset? EffectiveFrom, string? Reason)
{
    private const int MaxBytes = 256 * 1024;
    private const string EffectiveFromName = "effectiveFrom";
    private const string ReasonName = "reason";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    internal static readonly string[] Known = [.. TermField.All.Select(field => field.Name), EffectiveFromName, ReasonName];

    public static async Task<Outcome<SloEditBody>> ReadAsync(HttpRequest request, SloTerms now, CancellationToken cancellationToken)
    {
        var parsed = await ParseAsync(request, cancellationToken);
        if (parsed.Failure is { } wrong)
        {
            return wrong;
        }

        var body = parsed.Value;
        var unknown = body.Select(pair => pair.Key).Except(Known, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            return Failure.Invalid([.. unknown.Select(name => new Fault($"/{name}", "unknown", $"Not a field that can be changed; those are {string.Join(", ", Known)}."))]);
        }

        var (reason, effectiveFrom) = (Take(body, ReasonName), Take(body, EffectiveFromName));
        var terms = JsonSerializer.SerializeToNode(now, StoreJson.Options)!.AsObject();
        Overlay(terms, body);
        try
        {
            return new SloEditBody(
                terms.Deserialize<SloTerms>(StoreJson.Options)!,
                effectiveFrom.Deserialize<DateTimeOffset?>(StoreJson.Options),
                reason.Deserialize<string>(StoreJson.Options));
        }
        catch (JsonException fault)
        {
            return Failure.Invalid(Pointer(fault.Path), "type", "The value has another type than this field takes, or a part of it is missing.");
        }
    }

    private static async Task<Outcome<JsonObject>> ParseAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes)
        {
            return Failure.Invalid("", "body.tooLarge", $"At most {MaxBytes} bytes.");
        }

        try
        {
            return await JsonNode.ParseAsync(request.Body, documentOptions: Strict, cancellationToken: cancellationToken) is JsonObject body
                ? body
                : Failure.Invalid("", "body.object", "The body is one JSON object.");
        }
        catch (JsonException)
        {
            return Failure.Invalid("", "body.json", "The body is not JSON.");
        }
    }

    private static JsonNode? Take(JsonObject body, string name)
    {
        body.Remove(name, out var value);
        return value;
    }

    private static void Overlay(JsonObject onto, JsonObject changes)
    {
        foreach (var (name, value) in changes.ToList())
        {
            changes.Remove(name);
            if (value is JsonObject part && onto[name] is JsonObject whole)
            {
                Overlay(whole, part);
            }
            else
            {
                onto[name] = value;
            }
        }
    }

    // "$.alertRules[1].threshold" becomes /alertRules/1/threshold.
    private static string Pointer(string? path) =>
        path is null ? "" : path.TrimStart('$').Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
}
