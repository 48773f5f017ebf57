using System.Text.Json;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Slos.Import;

/// <summary>Compares what is stored with what is brought, field by field.</summary>
internal static class ImportDifference
{
    private const int MaxShown = 120;

    /// <param name="known">Null: there is none yet.</param>
    public static ImportedObject Of<T>(ImportedKind kind, string id, string name, T? known, T brought)
        where T : class
    {
        if (known is null)
        {
            return new ImportedObject(kind, id, name, ImportChange.Added, []);
        }

        var before = JsonSerializer.SerializeToElement(known, StoreJson.Options);
        var after = JsonSerializer.SerializeToElement(brought, StoreJson.Options);
        var fields = after.EnumerateObject()
            .Select(field => (field.Name, Before: before.TryGetProperty(field.Name, out var value) ? value : default, After: field.Value))
            .Where(field => field.Before.ValueKind == JsonValueKind.Undefined || !JsonElement.DeepEquals(field.Before, field.After))
            .Select(field => new ImportedField(field.Name, Show(field.Before), Show(field.After)))
            .ToList();
        return new ImportedObject(kind, id, name, fields.Count == 0 ? ImportChange.Unchanged : ImportChange.Changed, fields);
    }

    private static string Show(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.Undefined ? "null" : value.GetRawText();
        return text.Length <= MaxShown ? text : text[..(MaxShown - 1)] + "…";
    }
}
