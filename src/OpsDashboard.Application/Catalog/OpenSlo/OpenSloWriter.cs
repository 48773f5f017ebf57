using OpsDashboard.Application.Catalog.OpenSlo.Writing;

namespace OpsDashboard.Application.Catalog.OpenSlo;

/// <summary>
/// Writes documents as YAML in one canonical form: fields in the specification's order, labels and annotations by key,
/// documents as given. Reading the text gives equal documents, and writing those the same text.
/// </summary>
public static class OpenSloWriter
{
    public static string Write(IEnumerable<OpenSloDocument> documents)
    {
        var text = new StringWriter { NewLine = "\n" };
        foreach (var document in documents)
        {
            text.Write("---\n");
            YamlText.Write(text, DocumentTree.Of(document));
        }

        return text.ToString();
    }

    /// <summary>By platform, kind (what is referred to first) and name.</summary>
    public static IReadOnlyList<OpenSloDocument> InOrder(IEnumerable<OpenSloDocument> documents)
        => [.. documents.OrderBy(d => d.Platform, StringComparer.Ordinal)
            .ThenBy(d => d.Kind)
            .ThenBy(d => d.Metadata.Name, StringComparer.Ordinal)];
}
