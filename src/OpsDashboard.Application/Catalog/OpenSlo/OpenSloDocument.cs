using OpsDashboard.Application.Catalog.OpenSlo.Yaml;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Catalog.OpenSlo;

/// <summary>One object of OpenSLO v1, checked.</summary>
public sealed record OpenSloDocument
{
    public const string ApiVersion = "openslo/v1";

    /// <summary>Platform of a document without the label <c>platform</c>.</summary>
    public const string DefaultPlatform = "default";

    public required OpenSloMetadata Metadata { get; init; }

    public required OpenSloSpec Spec { get; init; }

    /// <summary>Where it was read; of no meaning for what it says.</summary>
    public OpenSloSource Source { get; init; } = OpenSloSource.None;

    public OpenSloKind Kind => Spec.Kind;

    public string Platform => Metadata.Label("platform") ?? DefaultPlatform;

    public OpenSloName Name => new(Platform, Kind, Metadata.Name);
}

/// <summary>File and line of a document, and through it of each of its fields.</summary>
public sealed class OpenSloSource
{
    private readonly YamlNode? root;

    internal OpenSloSource(string file, int line, YamlNode? root)
    {
        File = file;
        Line = line;
        this.root = root;
    }

    public static OpenSloSource None { get; } = new(string.Empty, 0, null);

    public string File { get; }

    /// <summary>Line of the document's first field, from 1; 0 for a document that was not read from text.</summary>
    public int Line { get; }

    /// <summary>A fault at a field; stands at the nearest field that exists.</summary>
    internal OpenSloFault Fault(string path, string expected, string found)
    {
        var (line, column) = root?.PlaceOf(path) ?? (Line, 1);
        return new OpenSloFault(File, line, column, path, expected, found);
    }
}

public sealed record OpenSloMetadata
{
    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>A label may have several values.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Labels { get; init; } = NoLabels;

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = NoAnnotations;

    private static readonly Dictionary<string, IReadOnlyList<string>> NoLabels = [];
    private static readonly Dictionary<string, string> NoAnnotations = [];

    /// <summary>The first value of a label.</summary>
    public string? Label(string key) => Labels.TryGetValue(key, out var values) && values.Count > 0 ? values[0] : null;
}

public abstract record OpenSloSpec
{
    public abstract OpenSloKind Kind { get; }

    /// <summary>At most 1,050 characters.</summary>
    public string? Description { get; init; }
}

public sealed record ServiceSpec : OpenSloSpec
{
    public override OpenSloKind Kind => OpenSloKind.Service;
}

public sealed record DataSourceSpec : OpenSloSpec
{
    public override OpenSloKind Kind => OpenSloKind.DataSource;

    public required string Type { get; init; }

    public OpenSloValue? ConnectionDetails { get; init; }
}

/// <summary>Exactly one of the two metrics is set.</summary>
public sealed record SliSpec : OpenSloSpec
{
    public override OpenSloKind Kind => OpenSloKind.Sli;

    public OpenSloMetricSource? ThresholdMetric { get; init; }

    public OpenSloRatioMetric? RatioMetric { get; init; }
}

/// <summary>Good and total, or bad and total, or raw.</summary>
public sealed record OpenSloRatioMetric
{
    public bool? Counter { get; init; }

    public OpenSloMetricSource? Good { get; init; }

    public OpenSloMetricSource? Bad { get; init; }

    public OpenSloMetricSource? Total { get; init; }

    public OpenSloRawType? RawType { get; init; }

    public OpenSloMetricSource? Raw { get; init; }
}

public enum OpenSloRawType
{
    /// <summary>The stored ratio is good over total.</summary>
    Success,

    /// <summary>The stored ratio is bad over total.</summary>
    Failure,
}

/// <summary>A reference to a data source, or its type, or both.</summary>
public sealed record OpenSloMetricSource
{
    public string? MetricSourceRef { get; init; }

    public string? Type { get; init; }

    public OpenSloValue.Map Spec { get; init; } = OpenSloValue.Map.Empty;
}

/// <summary>An object written where another could have been referred to by name: exactly one of the two is set.</summary>
public sealed record OpenSloUse<TSpec>
    where TSpec : OpenSloSpec
{
    public string? Ref { get; init; }

    public OpenSloInline<TSpec>? Inline { get; init; }
}

public sealed record OpenSloInline<TSpec>(OpenSloMetadata Metadata, TSpec Spec)
    where TSpec : OpenSloSpec;

/// <summary>The indicator stands here or, in a composite, in each objective.</summary>
public sealed record SloSpec : OpenSloSpec
{
    public override OpenSloKind Kind => OpenSloKind.Slo;

    public required string Service { get; init; }

    public OpenSloUse<SliSpec>? Indicator { get; init; }

    public OpenSloTimeWindow? TimeWindow { get; init; }

    public required BudgetingMethod BudgetingMethod { get; init; }

    public required IReadOnlyList<OpenSloObjective> Objectives { get; init; }

    public IReadOnlyList<OpenSloUse<AlertPolicySpec>> AlertPolicies { get; init; } = [];
}

/// <summary>Rolling when it has no calendar.</summary>
public sealed record OpenSloTimeWindow(OpenSloDuration Duration, OpenSloCalendar? Calendar);

/// <param name="StartTime">Date and time without a zone, <c>yyyy-MM-dd HH:mm:ss</c>.</param>
/// <param name="TimeZone">Name in the IANA time zone database.</param>
public sealed record OpenSloCalendar(string StartTime, string TimeZone);

public sealed record OpenSloObjective
{
    public string? DisplayName { get; init; }

    public Comparison? Op { get; init; }

    public decimal? Value { get; init; }

    /// <summary>Fraction in [0, 1), whether the document said target or targetPercent.</summary>
    public required decimal Target { get; init; }

    public decimal? TimeSliceTarget { get; init; }

    public OpenSloDuration? TimeSliceWindow { get; init; }

    public OpenSloUse<SliSpec>? Indicator { get; init; }

    public decimal? CompositeWeight { get; init; }
}

public sealed record AlertPolicySpec : OpenSloSpec
{
    public override OpenSloKind Kind => OpenSloKind.AlertPolicy;

    public bool? AlertWhenNoData { get; init; }

    public bool? AlertWhenResolved { get; init; }

    public bool? AlertWhenBreaching { get; init; }

    /// <summary>The specification allows exactly one.</summary>
    public required OpenSloUse<AlertConditionSpec> Condition { get; init; }

    public required IReadOnlyList<OpenSloUse<AlertNotificationTargetSpec>> NotificationTargets { get; init; }
}

/// <summary>A condition on the burn rate, the only kind the specification has.</summary>
public sealed record AlertConditionSpec : OpenSloSpec
{
    public override OpenSloKind Kind => OpenSloKind.AlertCondition;

    public required string Severity { get; init; }

    public required Comparison Op { get; init; }

    public required decimal Threshold { get; init; }

    public required OpenSloDuration LookbackWindow { get; init; }

    public OpenSloDuration? AlertAfter { get; init; }
}

public sealed record AlertNotificationTargetSpec : OpenSloSpec
{
    public override OpenSloKind Kind => OpenSloKind.AlertNotificationTarget;

    public required string Target { get; init; }
}
