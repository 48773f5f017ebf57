using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsDashboard.Web.Api.Description;

/// <summary>Reads the schemas of the document into what a person reads: types in words, and an example.</summary>
internal sealed class SchemaSamples(JsonElement document)
{
    private const int Deepest = 5;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Write(JsonElement schema) => schema.ValueKind == JsonValueKind.Undefined ? "" : Sample(schema, 0)?.ToJsonString(Readable) ?? "null";

    public IReadOnlyList<ApiField> FieldsOf(JsonElement schema)
    {
        var of = Resolve(schema);
        if (of.ValueKind != JsonValueKind.Object || !of.TryGetProperty("properties", out var properties))
        {
            return [];
        }

        var required = of.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet(StringComparer.Ordinal) : [];
        return [.. properties.EnumerateObject().Select(field => new ApiField(field.Name, "body", TypeOf(field.Value), required.Contains(field.Name), WordsOf(field.Value)))];
    }

    public string TypeOf(JsonElement schema)
    {
        var of = Resolve(schema);
        if (of.TryGetProperty("enum", out _))
        {
            return "word";
        }

        return Kind(of) switch
        {
            "array" => of.TryGetProperty("items", out var items) ? $"list of {TypeOf(items)}" : "list",
            "string" when of.TryGetProperty("format", out var format) => format.GetString() == "date-time" ? "instant" : format.GetString()!,
            "string" => "text",
            "boolean" => "true or false",
            var other => other,
        };
    }

    public IReadOnlyList<string> WordsOf(JsonElement schema)
    {
        var of = Resolve(schema);
        if (Kind(of) == "array" && of.TryGetProperty("items", out var items))
        {
            of = Resolve(items);
        }

        return of.TryGetProperty("enum", out var words) ? [.. words.EnumerateArray().Where(word => word.ValueKind == JsonValueKind.String).Select(word => word.GetString()!)] : [];
    }

    private JsonNode? Sample(JsonElement schema, int depth)
    {
        var of = Resolve(schema);
        if (of.TryGetProperty("enum", out var words) && words.GetArrayLength() > 0)
        {
            return JsonNode.Parse(words[0].GetRawText());
        }

        return Kind(of) switch
        {
            "object" when depth < Deepest && of.TryGetProperty("properties", out var properties) =>
                new JsonObject(properties.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, Sample(field.Value, depth + 1)))),
            "object" => new JsonObject(),
            "array" => of.TryGetProperty("items", out var items) && depth < Deepest ? new JsonArray(Sample(items, depth + 1)) : new JsonArray(),
            "integer" or "number" => JsonValue.Create(0),
            "boolean" => JsonValue.Create(false),
            "string" => JsonValue.Create(of.TryGetProperty("format", out var format) && format.GetString() == "date-time" ? "2026-11-22T10:00:00Z" : ""),
            _ => null,
        };
    }

    private JsonElement Resolve(JsonElement schema)
    {
        for (var steps = 0; steps < Deepest && schema.ValueKind == JsonValueKind.Object; steps++)
        {
            if (schema.TryGetProperty("$ref", out var reference))
            {
                schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
            }
            else if (schema.TryGetProperty("oneOf", out var one) || schema.TryGetProperty("anyOf", out one))
            {
                // "This or null" is how an optional field is written.
                schema = one.EnumerateArray().FirstOrDefault(part => !part.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || type.GetString() != "null");
            }
            else
            {
                break;
            }
        }

        return schema;
    }

    private static string Kind(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type))
        {
            return schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out _) ? "object" : "any";
        }

        return type.ValueKind == JsonValueKind.String
            ? type.GetString()!
            : type.EnumerateArray().Select(one => one.GetString()!).FirstOrDefault(one => one != "null") ?? "any";
    }
}
