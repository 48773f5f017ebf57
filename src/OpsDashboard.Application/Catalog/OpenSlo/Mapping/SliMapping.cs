using System.Text.RegularExpressions;
using OpsDashboard.Application.Catalog.OpenSlo.Reading;
using OpsDashboard.Application.Catalog.OpenSlo.Writing;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Catalog.OpenSlo.Mapping;

/// <summary>SLI documents and inlined indicators to definitions.</summary>
internal sealed class SliMapping(MappingWorld world)
{
    private const string Prometheus = "Prometheus";
    private const string UnassignedService = "default";

    private readonly Dictionary<string, SliDefinition> defined = new(StringComparer.Ordinal);

    public IReadOnlyList<SliDefinition> Defined => [.. defined.Values];

    /// <summary>Where each SLI is defined, by its id.</summary>
    public Dictionary<string, (OpenSloDocument Document, string Path)> Places { get; } = new(StringComparer.Ordinal);

    public void Define(OpenSloDocument document)
        => Add(Map(document, document.Metadata, (SliSpec)document.Spec, string.Empty, fallbackService: null), document, "metadata.name");

    /// <summary>The definition an SLO's indicator means; null after a fault.</summary>
    public SliDefinition? Resolve(OpenSloDocument slo, OpenSloUse<SliSpec> use, string path)
    {
        var service = ((SloSpec)slo.Spec).Service;
        if (use.Inline is { } inline)
        {
            var sli = Map(slo, inline.Metadata, inline.Spec, $"{path}.indicator.", service);
            return Add(sli, slo, $"{path}.indicator.metadata.name");
        }

        if (world.Slis.Find(slo.Platform, use.Ref!) is { } document)
        {
            return Map(document, document.Metadata, (SliSpec)document.Spec, string.Empty, fallbackService: null);
        }

        world.Sink.Add(slo.Source.Fault($"{path}.indicatorRef", "the name of a defined SLI", $"\"{use.Ref}\""));
        return null;
    }

    /// <summary>Two SLOs may inline the same indicator; under one id it must mean one thing.</summary>
    private SliDefinition Add(SliDefinition sli, OpenSloDocument document, string path)
    {
        if (!defined.TryAdd(sli.Id, sli) && defined[sli.Id] != sli)
        {
            world.Sink.Add(document.Source.Fault(path, $"one meaning of {sli.Id}", "another than above"));
        }

        Places.TryAdd(sli.Id, (document, path));

        return sli;
    }

    private SliDefinition Map(OpenSloDocument document, OpenSloMetadata metadata, SliSpec spec, string prefix, string? fallbackService)
    {
        var annotations = new Annotations(metadata, document.Source, prefix + "metadata", world.Sink);
        var service = metadata.Label("service") ?? fallbackService ?? world.ServiceReading(document) ?? UnassignedService;
        var (id, owner, name) = Ids.Of(annotations, document.Platform, service, metadata.Name);
        PathRule.Check(world.Sink, document, document.Platform, owner, name);
        var kind = KindOf(annotations, spec);
        var sli = new SliDefinition
        {
            Id = id,
            Platform = document.Platform,
            Service = owner,
            Name = name,
            DisplayName = metadata.DisplayName,
            Kind = kind,
            Unit = annotations.Text(AnnotationNames.Unit),
            Description = spec.Description,
            Source = SourceOf(document, spec, prefix, IsCounter(annotations, spec)),
        };
        annotations.RefuseOthers();
        return sli;
    }

    private static SliKind KindOf(Annotations annotations, SliSpec spec)
    {
        var isThreshold = spec.ThresholdMetric is not null;
        var kind = annotations.Word(AnnotationNames.Kind, MappingWords.Kinds) ?? (isThreshold ? SliKind.Value : SliKind.Ratio);
        if (MappingWords.IsThreshold(kind) != isThreshold)
        {
            annotations.Fault(
                AnnotationNames.Kind,
                isThreshold ? "latency, value or freshness, as it is a thresholdMetric" : "ratio or job, as it is a ratioMetric");
        }

        return kind;
    }

    /// <summary>OpenSLO has the field for ratios only; the buckets of a histogram are counters too.</summary>
    private static bool IsCounter(Annotations annotations, SliSpec spec)
        => spec.ThresholdMetric is null ? spec.RatioMetric?.Counter ?? false : annotations.Word(AnnotationNames.Counter, MappingWords.Flags) == Flag.True;

    private SliSource SourceOf(OpenSloDocument document, SliSpec spec, string prefix, bool isCounter)
    {
        var ratio = spec.RatioMetric;
        OpenSloMetricSource[] metrics =
            [.. new[] { spec.ThresholdMetric, ratio?.Good, ratio?.Bad, ratio?.Total, ratio?.Raw }.OfType<OpenSloMetricSource>()];
        var types = metrics.Select(m => m.Type ?? TypeOf(document, m)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (types is [DataSourceDefinition.IntakeType])
        {
            return new SliSource.Push();
        }

        var isAsked = types is [{ } type] && type.Equals(Prometheus, StringComparison.OrdinalIgnoreCase);
        if (isAsked && metrics.All(m => !string.IsNullOrWhiteSpace(m.Spec.Text("query"))))
        {
            return Queries(document, spec, metrics, prefix, isCounter);
        }

        var named = string.Join(", ", types.Select(t => t ?? "unknown"));
        world.Sink.AddNotice(document.Source.Fault(
            $"{prefix}spec",
            $"a source of type {Prometheus} with a query, or {DataSourceDefinition.IntakeType}",
            $"{named}: nothing is polled, samples must be sent to the intake"));
        return new SliSource.Elsewhere(named, DocumentTree.SpecText(spec));
    }

    private string? TypeOf(OpenSloDocument document, OpenSloMetricSource metric)
        => (SourceDocument(document, metric)?.Spec as DataSourceSpec)?.Type;

    private OpenSloDocument? SourceDocument(OpenSloDocument document, OpenSloMetricSource metric)
        => metric.MetricSourceRef is { } name ? world.DataSources.Find(document.Platform, name) : null;

    private SliSource.Prometheus Queries(OpenSloDocument document, SliSpec spec, OpenSloMetricSource[] metrics, string prefix, bool isCounter)
    {
        var sources = metrics.Select(m => SourceDocument(document, m) ?? world.OnlySourceOf(Prometheus)).Distinct().ToList();
        if (sources.Count > 1)
        {
            world.Sink.Add(document.Source.Fault($"{prefix}spec.ratioMetric", "one data source for both queries", $"{sources.Count}"));
        }
        else if (sources[0] is null)
        {
            world.Sink.AddNotice(document.Source.Fault($"{prefix}spec", "a DataSource to ask", "none that is defined: nothing is polled"));
        }

        return new SliSource.Prometheus
        {
            DataSource = sources[0] is { } source ? $"{source.Platform}/{source.Metadata.Name}" : null,
            Good = spec.RatioMetric?.Good?.Spec.Text("query"),
            Bad = spec.RatioMetric?.Bad?.Spec.Text("query"),
            Total = spec.RatioMetric?.Total?.Spec.Text("query"),
            Raw = (spec.ThresholdMetric ?? spec.RatioMetric?.Raw)?.Spec.Text("query"),
            RawIsFailure = spec.RatioMetric?.RawType == OpenSloRawType.Failure,
            Counter = isCounter,
        };
    }
}

/// <summary>What the parts of a path must be, since ids stand in addresses.</summary>
internal static partial class PathRule
{
    private const int MaxPart = 63;
    private const int MaxName = 120;
    private const int MatchTimeout = 10_000;

    /// <summary>Reports a platform, service or name that could not be part of an id.</summary>
    public static void Check(FaultSink sink, OpenSloDocument document, string platform, string service, string? name)
    {
        Check(platform, "metadata.labels.platform", MaxPart);
        Check(service, document.Spec is SloSpec ? "spec.service" : document.Kind == OpenSloKind.Service ? "metadata.name" : "metadata.labels.service", MaxPart);
        if (name is not null)
        {
            Check(name, "metadata.name", MaxName);
        }

        void Check(string part, string path, int most)
        {
            if (part.Length > most || !Part().IsMatch(part))
            {
                sink.Add(document.Source.Fault(
                    path,
                    $"a name of at most {most} letters, digits, '-', '_' or '.', starting with a letter or digit, as it becomes part of an id",
                    $"\"{part}\""));
            }
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Part();
}

/// <summary>Paths of three names.</summary>
internal static class Ids
{
    /// <summary>The annotated id if there is one, else platform/service/name. An annotated id must stay on its platform.</summary>
    public static (string Id, string Service, string Name) Of(Annotations annotations, string platform, string service, string name)
    {
        if (annotations.Text(AnnotationNames.Id) is not { } id)
        {
            return ($"{platform}/{service}/{name}", service, name);
        }

        if (id.Split('/') is [var head, var middle, var last] && head == platform && middle.Length > 0 && last.Length > 0)
        {
            return (id, middle, last);
        }

        annotations.Fault(AnnotationNames.Id, $"a path {platform}/service/name");
        return ($"{platform}/{service}/{name}", service, name);
    }
}
