namespace OpsDashboard.Application.Catalog.OpenSlo.Mapping;

/// <summary>
/// What authors wrote into their documents and definitions have no field for: labels and annotations of other tools, and whom
/// other tools notify. An export carries it on, so that a catalog may pass through here without loss.
/// </summary>
internal static class AuthorsParts
{
    /// <param name="exported">Made from definitions.</param>
    /// <param name="authored">Documents as their authors last brought them.</param>
    /// <param name="platform">Null: all.</param>
    public static IEnumerable<OpenSloDocument> Restore(IReadOnlyList<OpenSloDocument> exported, IReadOnlyList<OpenSloDocument> authored, string? platform)
    {
        var byId = authored.GroupBy(IdOf).ToDictionary(same => same.Key, same => same.Last());
        foreach (var document in exported)
        {
            yield return byId.TryGetValue(IdOf(document), out var original) ? With(document, original.Metadata) : document;
        }

        var names = exported.Select(document => document.Name).ToHashSet();
        foreach (var target in authored.Where(one => one.Kind == OpenSloKind.AlertNotificationTarget && (platform is null || one.Platform == platform)))
        {
            if (names.Add(target.Name))
            {
                yield return target;
            }
        }
    }

    private static OpenSloDocument With(OpenSloDocument document, OpenSloMetadata author)
    {
        var metadata = document.Metadata;
        return document with
        {
            Metadata = metadata with
            {
                Labels = Joined(metadata.Labels, author.Labels),
                Annotations = Joined(metadata.Annotations, author.Annotations.Where(one => !one.Key.StartsWith(AnnotationNames.Prefix, StringComparison.Ordinal))),
            },
        };
    }

    /// <summary>What the definition says wins: it may have been edited since.</summary>
    private static Dictionary<string, T> Joined<T>(IReadOnlyDictionary<string, T> own, IEnumerable<KeyValuePair<string, T>> others)
    {
        var all = new Dictionary<string, T>(own, StringComparer.Ordinal);
        foreach (var (key, value) in others)
        {
            all.TryAdd(key, value);
        }

        return all;
    }

    private static (OpenSloKind Kind, string Id) IdOf(OpenSloDocument document)
    {
        var metadata = document.Metadata;
        if (metadata.Annotations.TryGetValue(AnnotationNames.Id, out var id))
        {
            return (document.Kind, id);
        }

        var service = document.Spec is SloSpec slo ? slo.Service : document.Spec is SliSpec ? metadata.Label("service") : null;
        return (document.Kind, service is null ? $"{document.Platform}/{metadata.Name}" : $"{document.Platform}/{service}/{metadata.Name}");
    }
}
