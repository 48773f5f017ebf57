using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Catalog.OpenSlo.Mapping;

/// <summary>Alert policies to burn rate rules. OpenSLO has one window a condition; the short one is an annotation, or a twelfth.</summary>
internal sealed class AlertMapping(MappingWorld world)
{
    public IReadOnlyList<BurnAlertRule> RulesOf(OpenSloDocument document, SloSpec spec)
    {
        var rules = new List<BurnAlertRule>();
        for (var i = 0; i < spec.AlertPolicies.Count; i++)
        {
            if (Rule(document, spec.AlertPolicies[i], $"spec.alertPolicies[{i}]") is { } rule && !rules.Contains(rule))
            {
                rules.Add(rule);
            }
        }

        return rules;
    }

    private BurnAlertRule? Rule(OpenSloDocument document, OpenSloUse<AlertPolicySpec> use, string path)
    {
        var owner = use.Ref is { } name ? world.Policies.Find(document.Platform, name) : document;
        if (owner is null)
        {
            return NotJudged(document, path, "a defined AlertPolicy", $"\"{use.Ref}\"");
        }

        var policy = use.Inline?.Spec ?? (AlertPolicySpec)owner.Spec;
        if (policy.AlertWhenBreaching == false)
        {
            return NotJudged(document, path, "alertWhenBreaching: true", "false");
        }

        if (policy.Condition.Inline is { } inline)
        {
            var within = use.Inline is null ? "spec.conditions[0].metadata" : $"{path}.spec.conditions[0].metadata";
            return Rule(document, path, inline.Spec, new Annotations(inline.Metadata, owner.Source, within, world.Sink));
        }

        return world.Conditions.Find(owner.Platform, policy.Condition.Ref!) is { } condition
            ? Rule(
                document, path, (AlertConditionSpec)condition.Spec,
                new Annotations(condition.Metadata, condition.Source, "metadata", world.Sink))
            : NotJudged(document, path, "a defined AlertCondition", $"\"{policy.Condition.Ref}\"");
    }

    private BurnAlertRule? Rule(OpenSloDocument document, string path, AlertConditionSpec condition, Annotations annotations)
    {
        var longWindow = condition.LookbackWindow.FixedMinutes ?? int.MaxValue;
        var shortWindow = annotations.Minutes(AnnotationNames.ShortWindow) ?? Math.Max(1, longWindow / 12);
        annotations.RefuseOthers();
        if (condition.Op is Comparison.LessThan or Comparison.LessOrEqual)
        {
            return NotJudged(document, path, "a burn rate above a threshold (gt)", OpenSloWords.Of(OpenSloWords.Operators, condition.Op));
        }

        if (longWindow is < 2 or > SloDefinitionRules.MaxAlertWindowMinutes)
        {
            return NotJudged(document, path, "a lookbackWindow from 2m to 72h", condition.LookbackWindow.ToString());
        }

        if (condition.Threshold == 0)
        {
            return NotJudged(document, path, "a threshold above 0", "0");
        }

        if (condition.Op == Comparison.GreaterOrEqual || condition.AlertAfter is { Count: > 0 })
        {
            world.Sink.AddNotice(document.Source.Fault(
                path, "gt, and no alertAfter", "gte or alertAfter: the alert fires strictly above, when both windows are"));
        }

        return new BurnAlertRule(MappingWords.SeverityOf(condition.Severity), longWindow, shortWindow, condition.Threshold);
    }

    private BurnAlertRule? NotJudged(OpenSloDocument document, string path, string expected, string found)
    {
        world.Sink.AddNotice(document.Source.Fault(path, expected, $"{found}: the policy raises no alert"));
        return null;
    }
}
