using OpsDashboard.Application.Catalog.OpenSlo.Reading;
using OpsDashboard.Application.Catalog.OpenSlo.Writing;
using OpsDashboard.Application.Catalog.OpenSlo.Yaml;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Catalog.OpenSlo.Mapping;

internal static class ServiceMapping
{
    /// <summary>Services by id: what is defined, and what is only named; then the ids of the first.</summary>
    public static (IReadOnlyList<ServiceDefinition> All, IReadOnlySet<string> Defined) Of(
        IReadOnlyList<OpenSloDocument> documents, IReadOnlyList<SliDefinition> slis, IReadOnlyList<SloDefinition> slos, FaultSink sink)
    {
        var services = new SortedDictionary<string, ServiceDefinition>(StringComparer.Ordinal);
        foreach (var document in documents.Where(d => d.Kind == OpenSloKind.Service))
        {
            var annotations = new Annotations(document.Metadata, document.Source, "metadata", sink);
            var name = annotations.Text(AnnotationNames.Id)?.Split('/')[^1] ?? document.Metadata.Name;
            annotations.RefuseOthers();
            PathRule.Check(sink, document, document.Platform, name, null);
            services[$"{document.Platform}/{name}"] = new ServiceDefinition
            {
                Id = $"{document.Platform}/{name}",
                Platform = document.Platform,
                Name = name,
                DisplayName = document.Metadata.DisplayName,
                Description = document.Spec.Description,
            };
        }

        var defined = services.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var (platform, name) in slis.Select(s => (s.Platform, s.Service)).Concat(slos.Select(s => (s.Platform, s.Service))))
        {
            var id = $"{platform}/{name}";
            services.TryAdd(id, new ServiceDefinition { Id = id, Platform = platform, Name = name });
        }

        return ([.. services.Values], defined);
    }
}

internal static class DataSourceMapping
{
    private const string Url = "url";

    /// <summary>All connection details as a document has them.</summary>
    public static OpenSloValue? DetailsOf(DataSourceDefinition source)
        => source.ConnectionDetails is { } yaml && YamlTree.Parse(yaml, 1) is { } tree ? SpecReading.ToValue(tree) : null;

    /// <summary>The source with its address among the connection details: a person may have given or changed it here.</summary>
    public static DataSourceDefinition WithAddress(DataSourceDefinition source)
    {
        if (source.Url is null || (DetailsOf(source) ?? OpenSloValue.Map.Empty) is not OpenSloValue.Map details || details.Text(Url) == source.Url)
        {
            return source;
        }

        var address = KeyValuePair.Create<string, OpenSloValue>(Url, new OpenSloValue.Scalar(source.Url, IsText: true));
        return source with { ConnectionDetails = YamlText.Of(new OpenSloValue.Map([address, .. details.Entries.Where(entry => entry.Key != Url)])) };
    }

    public static DataSourceDefinition Of(OpenSloDocument document)
    {
        var spec = (DataSourceSpec)document.Spec;
        return new DataSourceDefinition
        {
            Id = $"{document.Platform}/{document.Metadata.Name}",
            Platform = document.Platform,
            Name = document.Metadata.Name,
            DisplayName = document.Metadata.DisplayName,
            Description = spec.Description,
            Type = spec.Type,
            Url = (spec.ConnectionDetails as OpenSloValue.Map)?.Text(Url),
            ConnectionDetails = spec.ConnectionDetails is { } details ? YamlText.Of(details) : null,
        };
    }
}
