namespace OpsDashboard.Application.Catalog.OpenSlo.Reading;

internal static class AlertReading
{
    public static AlertPolicySpec? Policy(Fields spec)
    {
        var description = spec.Description();
        var noData = spec.Flag("alertWhenNoData");
        var resolved = spec.Flag("alertWhenResolved");
        var breaching = spec.Flag("alertWhenBreaching");
        var conditions = spec.List("conditions", "a list with one condition");
        var targets = spec.List("notificationTargets", "a list of notification targets");
        spec.RefuseOthers();
        if (conditions.Count != 1 && spec.Has("conditions"))
        {
            spec.Fault("conditions", "exactly one condition", $"{conditions.Count}");
        }

        var uses = conditions
            .Select(c => SpecReading.Use<AlertConditionSpec>(spec.Item(c), "conditionRef", OpenSloKind.AlertCondition, spec.File))
            .ToList();
        var named = targets
            .Select(t => SpecReading.Use<AlertNotificationTargetSpec>(
                spec.Item(t), "targetRef", OpenSloKind.AlertNotificationTarget, spec.File))
            .ToList();
        return uses is not [{ } condition] ? null : new AlertPolicySpec
        {
            Description = description,
            AlertWhenNoData = noData,
            AlertWhenResolved = resolved,
            AlertWhenBreaching = breaching,
            Condition = condition,
            NotificationTargets = [.. named.OfType<OpenSloUse<AlertNotificationTargetSpec>>()],
        };
    }

    public static AlertConditionSpec? Condition(Fields spec)
    {
        var description = spec.Description();
        var severity = spec.Text("severity", "a severity, such as page or ticket");
        var condition = spec.Object("condition", "the condition");
        spec.RefuseOthers();
        if (condition is null)
        {
            return null;
        }

        if (condition.Text("kind") is { } kind && kind != "burnrate")
        {
            condition.Fault("kind", "burnrate", $"\"{kind}\"");
        }

        var op = condition.Word("op", OpenSloWords.Operators, required: true);
        var threshold = condition.Number("threshold", "a number of at least 0", t => t >= 0, required: true);
        var lookback = condition.Duration("lookbackWindow", required: true);
        var after = condition.Duration("alertAfter", allowZero: true);
        condition.RefuseOthers();
        return new AlertConditionSpec
        {
            Description = description,
            Severity = severity ?? string.Empty,
            Op = op ?? default,
            Threshold = threshold ?? 0,
            LookbackWindow = lookback ?? default,
            AlertAfter = after,
        };
    }

    public static AlertNotificationTargetSpec Target(Fields spec)
    {
        var target = new AlertNotificationTargetSpec
        {
            Description = spec.Description(),
            Target = spec.Text("target", "the target, such as email, slack or webhook") ?? string.Empty,
        };
        spec.RefuseOthers();
        return target;
    }
}
