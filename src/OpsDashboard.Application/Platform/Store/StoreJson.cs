using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsDashboard.Application.Platform.Store;

/// <summary>How records are written as JSON, the same in the store and in the API: camelCase names and camelCase words for enums.</summary>
public static class StoreJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Whether two texts say the same: 0.5 and 0.50, or fields in another order, do.</summary>
    public static bool AreEqual(string one, string other)
    {
        if (one == other)
        {
            return true;
        }

        using var first = JsonDocument.Parse(one);
        using var second = JsonDocument.Parse(other);
        return JsonElement.DeepEquals(first.RootElement, second.RootElement);
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            AllowDuplicateProperties = false,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
