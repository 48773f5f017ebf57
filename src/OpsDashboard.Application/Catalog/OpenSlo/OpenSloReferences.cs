using OpsDashboard.Application.Catalog.OpenSlo.Reading;

namespace OpsDashboard.Application.Catalog.OpenSlo;

/// <summary>Names across documents: each once, and each reference to something that exists.</summary>
internal static class OpenSloReferences
{
    public static void Check(IReadOnlyList<OpenSloDocument> documents, IReadOnlySet<OpenSloName>? known, FaultSink sink)
    {
        var named = documents.Where(d => d.Metadata.Name.Length > 0).ToList();
        foreach (var group in named.GroupBy(d => d.Name).Where(g => g.Count() > 1))
        {
            var first = group.First();
            foreach (var again in group.Skip(1))
            {
                sink.Add(again.Source.Fault(
                    "metadata.name",
                    $"each {OpenSloWords.Of(group.Key.Kind)} of a platform once",
                    $"\"{group.Key.Name}\" again, after {first.Source.File}:{first.Source.Line}"));
            }
        }

        var names = new OpenSloNames(named.Select(d => d.Name).Concat(known ?? new HashSet<OpenSloName>()));
        foreach (var document in named)
        {
            var check = new ReferenceCheck(document, names, sink);
            check.Spec(document.Spec, "spec");
        }

        CheckThresholds(named, sink);
    }

    /// <summary>What an inlined indicator shows at once, for referenced ones.</summary>
    private static void CheckThresholds(List<OpenSloDocument> documents, FaultSink sink)
    {
        var slis = new OpenSloLookup<SliSpec>(documents);
        foreach (var (document, spec) in documents.Where(d => d.Spec is SloSpec).Select(d => (d, (SloSpec)d.Spec)))
        {
            if (spec.Indicator?.Ref is { } name && IsThreshold(name) && spec.Objectives.Count > 1)
            {
                sink.Add(document.Source.Fault(
                    "spec.objectives", "one objective, as the indicator is a thresholdMetric", $"{spec.Objectives.Count}"));
            }

            for (var i = 0; i < spec.Objectives.Count; i++)
            {
                var objective = spec.Objectives[i];
                var use = objective.Indicator ?? (spec.Indicator?.Ref is null ? null : spec.Indicator);
                var isThreshold = use?.Ref is { } part ? IsThreshold(part) : use?.Inline?.Spec.ThresholdMetric is not null;
                if (isThreshold && (objective.Op is null || objective.Value is null))
                {
                    var missing = objective.Op is null ? "op" : "value";
                    sink.Add(document.Source.Fault(
                        $"spec.objectives[{i}].{missing}", $"{missing}, as the indicator is a thresholdMetric", "nothing"));
                }
            }

            bool IsThreshold(string sli) => slis.Find(document.Platform, sli)?.Spec is SliSpec { ThresholdMetric: not null };
        }
    }

    private sealed class ReferenceCheck(OpenSloDocument document, OpenSloNames names, FaultSink sink)
    {
        public void Spec(OpenSloSpec spec, string path)
        {
            switch (spec)
            {
                case SliSpec sli:
                    Metric(sli.ThresholdMetric, $"{path}.thresholdMetric");
                    Metric(sli.RatioMetric?.Good, $"{path}.ratioMetric.good");
                    Metric(sli.RatioMetric?.Bad, $"{path}.ratioMetric.bad");
                    Metric(sli.RatioMetric?.Total, $"{path}.ratioMetric.total");
                    Metric(sli.RatioMetric?.Raw, $"{path}.ratioMetric.raw");
                    break;
                case SloSpec slo:
                    Slo(slo, path);
                    break;
                case AlertPolicySpec policy:
                    Use(policy.Condition, OpenSloKind.AlertCondition, $"{path}.conditions[0]", "conditionRef", isFault: false);
                    for (var i = 0; i < policy.NotificationTargets.Count; i++)
                    {
                        Use(
                            policy.NotificationTargets[i], OpenSloKind.AlertNotificationTarget,
                            $"{path}.notificationTargets[{i}]", "targetRef", isFault: false);
                    }

                    break;
                default:
                    break;
            }
        }

        // Without its indicator or its alert policies an SLO is not what its author meant, so that is a fault. The rest is
        // a notice: the specification leaves it to implementations whether a service must be defined, and its own examples
        // name conditions, targets and data sources that are defined elsewhere.
        private void Slo(SloSpec slo, string path)
        {
            Ref(slo.Service, OpenSloKind.Service, $"{path}.service", isFault: false);
            Indicator(slo.Indicator, path);
            for (var i = 0; i < slo.Objectives.Count; i++)
            {
                Indicator(slo.Objectives[i].Indicator, $"{path}.objectives[{i}]");
            }

            for (var i = 0; i < slo.AlertPolicies.Count; i++)
            {
                Use(slo.AlertPolicies[i], OpenSloKind.AlertPolicy, $"{path}.alertPolicies[{i}]", "alertPolicyRef", isFault: true);
            }
        }

        private void Indicator(OpenSloUse<SliSpec>? use, string path)
        {
            if (use?.Inline is { } inline)
            {
                Spec(inline.Spec, $"{path}.indicator.spec");
            }
            else
            {
                Ref(use?.Ref, OpenSloKind.Sli, $"{path}.indicatorRef", isFault: true);
            }
        }

        private void Use<TSpec>(OpenSloUse<TSpec> use, OpenSloKind kind, string path, string field, bool isFault)
            where TSpec : OpenSloSpec
        {
            if (use.Inline is { } inline)
            {
                Spec(inline.Spec, $"{path}.spec");
            }
            else
            {
                Ref(use.Ref, kind, $"{path}.{field}", isFault);
            }
        }

        private void Metric(OpenSloMetricSource? metric, string path)
            => Ref(metric?.MetricSourceRef, OpenSloKind.DataSource, $"{path}.metricSource.metricSourceRef", isFault: false);

        private void Ref(string? name, OpenSloKind kind, string path, bool isFault)
        {
            if (string.IsNullOrEmpty(name) || names.Contains(document.Platform, kind, name))
            {
                return;
            }

            var fault = document.Source.Fault(path, $"the name of a defined {OpenSloWords.Of(kind)}", $"\"{name}\"");
            if (isFault)
            {
                sink.Add(fault);
            }
            else
            {
                sink.AddNotice(fault);
            }
        }
    }
}

/// <summary>Finds names as references do: in the own platform, else in whichever single platform has it.</summary>
internal sealed class OpenSloNames
{
    private readonly HashSet<OpenSloName> names;
    private readonly ILookup<(OpenSloKind, string), string> platforms;

    public OpenSloNames(IEnumerable<OpenSloName> names)
    {
        this.names = [.. names];
        platforms = this.names.ToLookup(n => (n.Kind, n.Name), n => n.Platform);
    }

    public bool Contains(string platform, OpenSloKind kind, string name) => PlatformOf(platform, kind, name) is not null;

    public string? PlatformOf(string platform, OpenSloKind kind, string name)
        => names.Contains(new OpenSloName(platform, kind, name)) ? platform
            : platforms[(kind, name)].Take(2).ToList() is [var only] ? only
            : null;
}

/// <summary>Finds documents of one kind as references do.</summary>
internal sealed class OpenSloLookup<TSpec>
    where TSpec : OpenSloSpec
{
    private readonly Dictionary<OpenSloName, OpenSloDocument> documents = [];
    private readonly OpenSloNames names;

    /// <summary>Where a name occurs twice, the later document counts.</summary>
    public OpenSloLookup(IEnumerable<OpenSloDocument> all)
    {
        foreach (var document in all.Where(d => d.Spec is TSpec))
        {
            documents[document.Name] = document;
        }

        names = new OpenSloNames(documents.Keys);
    }

    public OpenSloDocument? Find(string platform, string name)
        => documents.Count > 0
            && documents.Values.First().Kind is var kind
            && names.PlatformOf(platform, kind, name) is { } found
            ? documents[new OpenSloName(found, kind, name)]
            : null;
}
