using System.Globalization;

namespace OpsDashboard.Application.Catalog.OpenSlo.Writing;

/// <summary>A document as a tree of YAML values, fields in the specification's order.</summary>
internal static class DocumentTree
{
    public static OpenSloValue Of(OpenSloDocument document) => new MapBuilder()
        .Text("apiVersion", OpenSloDocument.ApiVersion)
        .Text("kind", OpenSloWords.Of(document.Kind))
        .Value("metadata", Metadata(document.Metadata))
        .Value("spec", Spec(document.Spec))
        .Build();

    /// <summary>A spec alone, as YAML.</summary>
    public static string SpecText(OpenSloSpec spec) => YamlText.Of(Spec(spec));

    private static OpenSloValue.Map Metadata(OpenSloMetadata metadata)
    {
        var labels = new MapBuilder();
        foreach (var (key, values) in metadata.Labels.OrderBy(l => l.Key, StringComparer.Ordinal))
        {
            labels.Value(key, values is [var only] ? MapBuilder.ToText(only) : new OpenSloValue.List([.. values.Select(MapBuilder.ToText)]));
        }

        var annotations = new MapBuilder();
        foreach (var (key, value) in metadata.Annotations.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            annotations.Text(key, value);
        }

        return new MapBuilder()
            .Text("name", metadata.Name)
            .Text("displayName", metadata.DisplayName)
            .Value("labels", metadata.Labels.Count == 0 ? null : labels.Build())
            .Value("annotations", metadata.Annotations.Count == 0 ? null : annotations.Build())
            .Build();
    }

    private static OpenSloValue.Map Spec(OpenSloSpec spec) => (spec switch
    {
        DataSourceSpec source => Described(spec).Text("type", source.Type).Value("connectionDetails", source.ConnectionDetails),
        SliSpec sli => Described(spec).Value("thresholdMetric", Metric(sli.ThresholdMetric)).Value("ratioMetric", Ratio(sli.RatioMetric)),
        SloSpec slo => Slo(slo),
        AlertPolicySpec policy => Policy(policy),
        AlertConditionSpec condition => Condition(condition),
        AlertNotificationTargetSpec target => new MapBuilder().Text("target", target.Target).Text("description", spec.Description),
        _ => Described(spec),
    }).Build();

    private static MapBuilder Described(OpenSloSpec spec) => new MapBuilder().Text("description", spec.Description);

    private static OpenSloValue.Map? Metric(OpenSloMetricSource? metric) => metric is null ? null : new MapBuilder()
        .Value("metricSource", new MapBuilder()
            .Text("metricSourceRef", metric.MetricSourceRef)
            .Text("type", metric.Type)
            .Value("spec", metric.Spec)
            .Build())
        .Build();

    private static OpenSloValue.Map? Ratio(OpenSloRatioMetric? ratio) => ratio is null ? null : new MapBuilder()
        .Flag("counter", ratio.Counter)
        .Value("good", Metric(ratio.Good))
        .Value("bad", Metric(ratio.Bad))
        .Value("total", Metric(ratio.Total))
        .Text("rawType", ratio.RawType is { } type ? OpenSloWords.Of(OpenSloWords.RawTypes, type) : null)
        .Value("raw", Metric(ratio.Raw))
        .Build();

    private static MapBuilder Slo(SloSpec slo)
    {
        var fields = Described(slo).Text("service", slo.Service);
        Indicator(fields, slo.Indicator);
        return fields
            .List("timeWindow", slo.TimeWindow is { } window ? [Window(window)] : null)
            .Text("budgetingMethod", OpenSloWords.Of(OpenSloWords.BudgetingMethods, slo.BudgetingMethod))
            .List("objectives", slo.Objectives.Select(Objective))
            .List("alertPolicies", slo.AlertPolicies.Count == 0 ? null : slo.AlertPolicies.Select(p => Use(p, "alertPolicyRef")));
    }

    private static OpenSloValue.Map Window(OpenSloTimeWindow window) => new MapBuilder()
        .Text("duration", window.Duration.ToString())
        .Value("calendar", window.Calendar is not { } calendar ? null : new MapBuilder()
            .Text("startTime", calendar.StartTime)
            .Text("timeZone", calendar.TimeZone)
            .Build())
        .Flag("isRolling", window.Calendar is null)
        .Build();

    private static OpenSloValue.Map Objective(OpenSloObjective objective)
    {
        var fields = new MapBuilder()
            .Text("displayName", objective.DisplayName)
            .Text("op", objective.Op is { } op ? OpenSloWords.Of(OpenSloWords.Operators, op) : null)
            .Number("value", objective.Value)
            .Number("target", objective.Target)
            .Number("timeSliceTarget", objective.TimeSliceTarget)
            .Text("timeSliceWindow", objective.TimeSliceWindow?.ToString());
        Indicator(fields, objective.Indicator);
        return fields.Number("compositeWeight", objective.CompositeWeight).Build();
    }

    private static void Indicator(MapBuilder fields, OpenSloUse<SliSpec>? use)
        => fields
            .Value("indicator", use?.Inline is { } inline ? Inline(inline).Build() : null)
            .Text("indicatorRef", use?.Ref);

    private static MapBuilder Policy(AlertPolicySpec policy) => Described(policy)
        .Flag("alertWhenNoData", policy.AlertWhenNoData)
        .Flag("alertWhenResolved", policy.AlertWhenResolved)
        .Flag("alertWhenBreaching", policy.AlertWhenBreaching)
        .List("conditions", [Use(policy.Condition, "conditionRef")])
        .List("notificationTargets", policy.NotificationTargets.Select(t => Use(t, "targetRef")));

    private static MapBuilder Condition(AlertConditionSpec condition) => Described(condition)
        .Text("severity", condition.Severity)
        .Value("condition", new MapBuilder()
            .Text("kind", "burnrate")
            .Text("op", OpenSloWords.Of(OpenSloWords.Operators, condition.Op))
            .Number("threshold", condition.Threshold)
            .Text("lookbackWindow", condition.LookbackWindow.ToString())
            .Text("alertAfter", condition.AlertAfter?.ToString())
            .Build());

    private static OpenSloValue.Map Use<TSpec>(OpenSloUse<TSpec> use, string refField)
        where TSpec : OpenSloSpec
        => use.Inline is { } inline
            ? new MapBuilder().Text("kind", OpenSloWords.Of(inline.Spec.Kind)).Add(Inline(inline)).Build()
            : new MapBuilder().Text(refField, use.Ref).Build();

    private static MapBuilder Inline<TSpec>(OpenSloInline<TSpec> inline)
        where TSpec : OpenSloSpec
        => new MapBuilder().Value("metadata", Metadata(inline.Metadata)).Value("spec", Spec(inline.Spec));
}

/// <summary>Gathers the fields that have a value.</summary>
internal sealed class MapBuilder
{
    private readonly List<KeyValuePair<string, OpenSloValue>> entries = [];

    public static OpenSloValue ToText(string text) => new OpenSloValue.Scalar(text, IsText: true);

    public MapBuilder Value(string key, OpenSloValue? value)
    {
        if (value is not null)
        {
            entries.Add(KeyValuePair.Create(key, value));
        }

        return this;
    }

    public MapBuilder Text(string key, string? text) => Value(key, text is null ? null : ToText(text));

    public MapBuilder Flag(string key, bool? flag)
        => Value(key, flag is null ? null : new OpenSloValue.Scalar(flag.Value ? "true" : "false", IsText: false));

    /// <summary>Without trailing zeros, so that equal numbers are written alike.</summary>
    public MapBuilder Number(string key, decimal? number)
        => Value(key, number is null ? null : new OpenSloValue.Scalar(
            number.Value.ToString("0.#############################", CultureInfo.InvariantCulture), IsText: false));

    public MapBuilder List(string key, IEnumerable<OpenSloValue>? items)
        => Value(key, items is null ? null : new OpenSloValue.List([.. items]));

    public MapBuilder Add(MapBuilder other)
    {
        entries.AddRange(other.entries);
        return this;
    }

    public OpenSloValue.Map Build() => new(entries);
}
