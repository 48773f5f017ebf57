using OpsDashboard.Application.Catalog.OpenSlo.Reading;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Catalog.OpenSlo.Mapping;

/// <summary>What documents mean here: either all definitions, or every fault.</summary>
public sealed record OpenSloMapped
{
    /// <summary>Defined ones, and those that SLIs and SLOs name.</summary>
    public required IReadOnlyList<ServiceDefinition> Services { get; init; }

    /// <summary>Ids of the services that have a document; the others are only named.</summary>
    public required IReadOnlySet<string> DefinedServices { get; init; }

    public required IReadOnlyList<SliDefinition> Slis { get; init; }

    public required IReadOnlyList<DataSourceDefinition> DataSources { get; init; }

    /// <summary>One for each objective that can be judged.</summary>
    public required IReadOnlyList<SloDefinition> Slos { get; init; }

    public required IReadOnlyList<OpenSloFault> Faults { get; init; }

    /// <summary>What is valid OpenSLO and taken another way here, or not judged at all, with the reason.</summary>
    public required IReadOnlyList<OpenSloFault> Notices { get; init; }

    public bool IsValid => Faults.Count == 0;

    /// <summary>Where each SLI is defined, by its id, to tell a fault there that only the store can show.</summary>
    internal IReadOnlyDictionary<string, (OpenSloDocument Document, string Path)> SliPlaces { get; init; }
        = new Dictionary<string, (OpenSloDocument Document, string Path)>(StringComparer.Ordinal);
}

/// <summary>
/// From documents to definitions and back. The platform is the label <c>platform</c>, the service of an SLI its label
/// <c>service</c>; what OpenSLO has no field for stands in annotations with the prefix <c>opsdashboard/</c>.
/// </summary>
public static class OpenSloMapping
{
    /// <param name="documents">Read without faults.</param>
    /// <param name="existing">Documents outside the import that references may mean; nothing is made of them.</param>
    public static OpenSloMapped ToDefinitions(
        IReadOnlyList<OpenSloDocument> documents, IReadOnlyList<OpenSloDocument>? existing = null)
    {
        var sink = new FaultSink();
        var world = new MappingWorld(documents, existing ?? [], sink);
        var slis = new SliMapping(world);
        var slos = new SloMapping(world, slis);
        foreach (var document in documents.Where(d => d.Kind == OpenSloKind.Sli))
        {
            slis.Define(document);
        }

        foreach (var document in documents.Where(d => d.Kind == OpenSloKind.Slo))
        {
            slos.Define(document);
        }

        var (services, definedServices) = ServiceMapping.Of(documents, slis.Defined, slos.Defined, sink);
        var sources = documents.Where(d => d.Kind == OpenSloKind.DataSource).Select(DataSourceMapping.Of).ToList();
        return new OpenSloMapped
        {
            Services = sink.Any ? [] : services,
            DefinedServices = definedServices,
            SliPlaces = slis.Places,
            Slis = sink.Any ? [] : slis.Defined,
            DataSources = sink.Any ? [] : sources,
            Slos = sink.Any ? [] : slos.Defined,
            // A document that several others refer to is looked at for each of them.
            Faults = [.. sink.Faults.Distinct()],
            Notices = [.. sink.Notices.Distinct()],
        };
    }

    /// <summary>Definitions as documents, in canonical order. Mapping those gives equal definitions.</summary>
    public static IReadOnlyList<OpenSloDocument> ToDocuments(
        IReadOnlyList<ServiceDefinition> services,
        IReadOnlyList<SliDefinition> slis,
        IReadOnlyList<DataSourceDefinition> dataSources,
        IReadOnlyList<SloDefinition> slos)
        => OpenSloWriter.InOrder(new DocumentExport(slis, slos).Documents(services, dataSources));

    /// <summary>With the labels, annotations and notification targets that their authors gave them and definitions do not hold.</summary>
    internal static IReadOnlyList<OpenSloDocument> WithAuthorsParts(
        IReadOnlyList<OpenSloDocument> exported,
        IReadOnlyList<OpenSloDocument> authored,
        string? platform)
        => OpenSloWriter.InOrder(AuthorsParts.Restore(exported, authored, platform));

    /// <summary>What may be shown to anybody: connection details without what could be a secret.</summary>
    internal static OpenSloDocument HideSecrets(OpenSloDocument document) => SecretMask.Hide(document);

    /// <summary>Puts back what <see cref="HideSecrets"/> took from the connection details of a data source.</summary>
    /// <param name="known">The stored data source of that name; null where there is none.</param>
    internal static OpenSloDocument RestoreSecrets(OpenSloDocument document, DataSourceDefinition? known, Action<OpenSloFault> fault)
        => SecretMask.Restore(
            document,
            known is null ? null : DataSourceMapping.DetailsOf(known),
            path => fault(document.Source.Fault(path, "the value itself, as no stored data source has it", SecretMask.Mask)));

    /// <summary>As annotations say it.</summary>
    internal static string WordOf(SliKind kind) => MappingWords.Kinds.First(k => k.Value == kind).Word;
}

/// <summary>All documents a mapping may look at.</summary>
internal sealed class MappingWorld(IReadOnlyList<OpenSloDocument> documents, IReadOnlyList<OpenSloDocument> existing, FaultSink sink)
{
    // The import comes last, for it replaces what exists under the same name.
    private readonly List<OpenSloDocument> all = [.. existing, .. documents];

    private readonly List<OpenSloDocument> sources =
        [.. existing.Concat(documents).Where(d => d.Kind == OpenSloKind.DataSource).Reverse().DistinctBy(d => d.Name)];

    public IReadOnlyList<OpenSloDocument> Documents => documents;

    public FaultSink Sink => sink;

    public OpenSloLookup<SliSpec> Slis { get; } = new([.. existing, .. documents]);

    public OpenSloLookup<DataSourceSpec> DataSources { get; } = new([.. existing, .. documents]);

    public OpenSloLookup<AlertPolicySpec> Policies { get; } = new([.. existing, .. documents]);

    public OpenSloLookup<AlertConditionSpec> Conditions { get; } = new([.. existing, .. documents]);

    /// <summary>The only data source of a type; null when there are none or several.</summary>
    public OpenSloDocument? OnlySourceOf(string type)
        => sources.Where(d => ((DataSourceSpec)d.Spec).Type.Equals(type, StringComparison.OrdinalIgnoreCase))
            .Take(2)
            .ToList() is [var only] ? only : null;

    /// <summary>The service of the first SLO that reads an SLI.</summary>
    public string? ServiceReading(OpenSloDocument sli)
        => all.Where(d => d.Spec is SloSpec)
            .Select(d => (d.Platform, Spec: (SloSpec)d.Spec))
            .Where(s => Reads(s.Platform, s.Spec.Indicator, sli) || s.Spec.Objectives.Any(o => Reads(s.Platform, o.Indicator, sli)))
            .Select(s => s.Spec.Service)
            .FirstOrDefault();

    private bool Reads(string platform, OpenSloUse<SliSpec>? use, OpenSloDocument sli)
        => use?.Ref == sli.Metadata.Name && Slis.Find(platform, use.Ref)?.Name == sli.Name;
}
