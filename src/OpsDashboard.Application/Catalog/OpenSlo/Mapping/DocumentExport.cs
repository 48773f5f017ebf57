using System.Globalization;
using OpsDashboard.Application.Catalog.OpenSlo.Reading;
using OpsDashboard.Application.Catalog.OpenSlo.Writing;
using OpsDashboard.Application.Catalog.OpenSlo.Yaml;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Catalog.OpenSlo.Mapping;

/// <summary>Definitions to documents. A name that is taken, or is none by RFC 1123, is bent and the id kept in an annotation.</summary>
internal sealed class DocumentExport(IReadOnlyList<SliDefinition> slis, IReadOnlyList<SloDefinition> slos)
{
    // A Monday that starts a month, a quarter and a year, so it suits every calendar window.
    private const string CalendarStart = "2024-01-01 00:00:00";

    private readonly Dictionary<string, string> sliNames = DocumentNames.For(slis.Select(s => s.Id));
    private readonly Dictionary<string, string> sloNames = DocumentNames.For(slos.Select(s => s.Id));

    public IEnumerable<OpenSloDocument> Documents(IReadOnlyList<ServiceDefinition> services, IReadOnlyList<DataSourceDefinition> sources)
    {
        var serviceNames = DocumentNames.For(services.Select(s => s.Id));
        return
        [
            .. services.Select(s => Document(s.Platform, serviceNames[s.Id], s.Id, s.DisplayName, new ServiceSpec { Description = s.Description })),
            .. sources.Select(Source),
            .. slis.Select(Sli),
            .. slos.Select(Slo),
            .. AlertExport.Documents(slos),
        ];
    }

    private static OpenSloDocument Document(
        string platform, string name, string id, string? displayName, OpenSloSpec spec,
        Dictionary<string, string>? annotations = null, string? service = null)
    {
        var all = annotations ?? [];
        var plain = service is null ? $"{platform}/{name}" : $"{platform}/{service}/{name}";
        if (plain != id)
        {
            all[AnnotationNames.Id] = id;
        }

        var labels = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (platform != OpenSloDocument.DefaultPlatform)
        {
            labels["platform"] = [platform];
        }

        if (spec is SliSpec && service is not null)
        {
            labels["service"] = [service];
        }

        return new OpenSloDocument
        {
            Metadata = new OpenSloMetadata { Name = name, DisplayName = displayName, Labels = labels, Annotations = all },
            Spec = spec,
        };
    }

    private static OpenSloDocument Source(DataSourceDefinition source) => Document(
        source.Platform, source.Name, source.Id, source.DisplayName,
        new DataSourceSpec
        {
            Description = source.Description,
            Type = source.Type,
            ConnectionDetails = DataSourceMapping.DetailsOf(source),
        });

    private OpenSloDocument Sli(SliDefinition sli)
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        if (sli.Kind is not (SliKind.Ratio or SliKind.Value))
        {
            annotations[AnnotationNames.Kind] = MappingWords.Kinds.First(k => k.Value == sli.Kind).Word;
        }

        if (sli.Unit is { } unit)
        {
            annotations[AnnotationNames.Unit] = unit;
        }

        if (MappingWords.IsThreshold(sli.Kind) && sli.Source is SliSource.Prometheus { Counter: true })
        {
            annotations[AnnotationNames.Counter] = "true";
        }

        var spec = sli.Source switch
        {
            SliSource.Push or SliSource.Probed => Pushed(sli.Kind),
            SliSource.Prometheus prometheus => Asked(sli.Kind, prometheus),
            SliSource.Elsewhere elsewhere => Kept(elsewhere),
            _ => throw new InvalidOperationException($"No metric for {sli.Source.GetType().Name}."),
        };
        return Document(
            sli.Platform, sliNames[sli.Id], sli.Id, sli.DisplayName, spec with { Description = sli.Description }, annotations, sli.Service);
    }

    private static SliSpec Pushed(SliKind kind)
    {
        var metric = new OpenSloMetricSource { Type = DataSourceDefinition.IntakeType };
        return MappingWords.IsThreshold(kind)
            ? new SliSpec { ThresholdMetric = metric }
            : new SliSpec { RatioMetric = new OpenSloRatioMetric { Good = metric, Total = metric } };
    }

    private static SliSpec Asked(SliKind kind, SliSource.Prometheus source)
    {
        if (MappingWords.IsThreshold(kind))
        {
            return new SliSpec { ThresholdMetric = Metric(source.Raw) };
        }

        return new SliSpec
        {
            RatioMetric = new OpenSloRatioMetric
            {
                Counter = source.Counter ? true : null,
                Good = Metric(source.Good),
                Bad = Metric(source.Bad),
                Total = Metric(source.Total),
                Raw = Metric(source.Raw),
                RawType = source.Raw is null ? null : source.RawIsFailure ? OpenSloRawType.Failure : OpenSloRawType.Success,
            },
        };

        OpenSloMetricSource? Metric(string? query) => query is null ? null : new OpenSloMetricSource
        {
            MetricSourceRef = source.DataSource?.Split('/')[^1],
            Type = "Prometheus",
            Spec = new OpenSloValue.Map([KeyValuePair.Create<string, OpenSloValue>("query", new OpenSloValue.Scalar(query, IsText: true))]),
        };
    }

    private static SliSpec Kept(SliSource.Elsewhere elsewhere)
    {
        var sink = new FaultSink();
        var spec = YamlTree.Parse(elsewhere.Metric, 1) is YamlMap map ? SliReading.Read(new Fields(map, string.Empty, "spec", sink)) : null;
        return spec is null || sink.Any
            ? throw new InvalidOperationException("The stored metric of an SLI is no OpenSLO: " + string.Join("; ", sink.Faults))
            : spec;
    }

    private OpenSloDocument Slo(SloDefinition slo) => Document(
        slo.Platform, sloNames[slo.Id], slo.Id, slo.Name,
        new SloSpec
        {
            Description = slo.Description,
            Service = slo.Service,
            Indicator = new OpenSloUse<SliSpec> { Ref = sliNames.GetValueOrDefault(slo.SliId) ?? slo.SliId.Split('/')[^1] },
            TimeWindow = Window(slo.Window),
            BudgetingMethod = slo.Budgeting,
            Objectives =
            [
                new OpenSloObjective
                {
                    Op = slo.Threshold?.Op,
                    Value = slo.Threshold?.Limit,
                    Target = slo.Target,
                    TimeSliceTarget = slo.TimeSliceTarget,
                    TimeSliceWindow = slo.Budgeting == BudgetingMethod.Occurrences ? null : OpenSloDuration.OfMinutes(1),
                },
            ],
            AlertPolicies = [.. slo.AlertRules.Select(r => new OpenSloUse<AlertPolicySpec> { Ref = AlertExport.NameOf(r) })],
        },
        SloAnnotations(slo), slo.Service);

    private static OpenSloTimeWindow Window(SloWindow window)
    {
        var unit = window.Unit switch
        {
            WindowUnit.Hour => OpenSloDurationUnit.Hour,
            WindowUnit.Day => OpenSloDurationUnit.Day,
            WindowUnit.Week => OpenSloDurationUnit.Week,
            WindowUnit.Month => OpenSloDurationUnit.Month,
            WindowUnit.Quarter => OpenSloDurationUnit.Quarter,
            WindowUnit.Year => OpenSloDurationUnit.Year,
        };
        return new OpenSloTimeWindow(
            new OpenSloDuration(window.Count, unit),
            window.Kind == WindowKind.Calendar ? new OpenSloCalendar(CalendarStart, "UTC") : null);
    }

    private static Dictionary<string, string> SloAnnotations(SloDefinition slo)
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        Set(AnnotationNames.Tier, slo.Tier);
        Set(AnnotationNames.Percentile, slo.Percentile?.ToString(CultureInfo.InvariantCulture));
        Set(AnnotationNames.MinimumCoverage, slo.MinimumCoverage == 0.5m ? null : slo.MinimumCoverage.ToString("0.#########", CultureInfo.InvariantCulture));
        Set(AnnotationNames.MinimumEvents, slo.MinimumEvents == 0 ? null : slo.MinimumEvents.ToString(CultureInfo.InvariantCulture));
        if (slo.Maintenance is { } terms)
        {
            Set(AnnotationNames.MaintenanceMode, MappingWords.MaintenanceModes.First(m => m.Value == terms.Mode).Word);
            Set(AnnotationNames.MaintenanceCap, terms.CapPerMonthSeconds is { } cap ? Duration(cap) : null);
            Set(AnnotationNames.MaintenanceNotice, terms.NoticeSeconds == 0 ? null : Duration(terms.NoticeSeconds));
        }

        for (var i = 0; i < slo.Clauses.Count; i++)
        {
            Set(AnnotationNames.Clause(i + 1, "document"), slo.Clauses[i].Document);
            Set(AnnotationNames.Clause(i + 1, "section"), slo.Clauses[i].Section);
            Set(AnnotationNames.Clause(i + 1, "quote"), slo.Clauses[i].Quote);
        }

        for (var i = 0; i < slo.Disagreements.Count; i++)
        {
            Set(AnnotationNames.Disagrees(i + 1, "with"), slo.Disagreements[i].With);
            Set(AnnotationNames.Disagrees(i + 1, "why"), slo.Disagreements[i].Why);
        }

        return annotations;

        void Set(string name, string? value)
        {
            if (value is not null)
            {
                annotations[name] = value;
            }
        }
    }

    /// <summary>Whole minutes, rounded up: terms are agreed in minutes at the finest.</summary>
    private static string Duration(long seconds) => OpenSloDuration.OfMinutes((int)((seconds + 59) / 60)).ToString();
}
