using System.Globalization;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Catalog.OpenSlo.Mapping;

/// <summary>One policy and condition for each rule of a platform.</summary>
internal static class AlertExport
{
    public static IEnumerable<OpenSloDocument> Documents(IReadOnlyList<SloDefinition> slos)
        => slos.GroupBy(s => s.Platform, StringComparer.Ordinal).SelectMany(platform =>
        {
            var rules = platform.SelectMany(s => s.AlertRules).Distinct().ToList();
            var targets = rules.Select(r => Target(r.Severity)).Distinct(StringComparer.Ordinal);
            return rules.SelectMany(r => new[] { Condition(platform.Key, r), Policy(platform.Key, r) })
                .Concat(targets.Select(t => Document(platform.Key, t, new AlertNotificationTargetSpec { Target = t })));
        });

    public static string NameOf(BurnAlertRule rule)
    {
        var threshold = rule.Threshold.ToString("0.#############################", CultureInfo.InvariantCulture).Replace('.', '-');
        var name = $"burn-{Target(rule.Severity)}-{OpenSloDuration.OfMinutes(rule.LongWindowMinutes)}-{OpenSloDuration.OfMinutes(rule.ShortWindowMinutes)}-{threshold}";
        return name;
    }

    private static OpenSloDocument Condition(string platform, BurnAlertRule rule) => Document(
        platform, NameOf(rule),
        new AlertConditionSpec
        {
            Severity = Target(rule.Severity),
            Op = Comparison.GreaterThan,
            Threshold = rule.Threshold,
            LookbackWindow = OpenSloDuration.OfMinutes(rule.LongWindowMinutes),
        },
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [AnnotationNames.ShortWindow] = OpenSloDuration.OfMinutes(rule.ShortWindowMinutes).ToString(),
        });

    private static OpenSloDocument Policy(string platform, BurnAlertRule rule) => Document(
        platform, NameOf(rule),
        new AlertPolicySpec
        {
            AlertWhenBreaching = true,
            Condition = new OpenSloUse<AlertConditionSpec> { Ref = NameOf(rule) },
            NotificationTargets = [new OpenSloUse<AlertNotificationTargetSpec> { Ref = Target(rule.Severity) }],
        });

    private static OpenSloDocument Document(string platform, string name, OpenSloSpec spec, Dictionary<string, string>? annotations = null) => new()
    {
        Metadata = new OpenSloMetadata
        {
            Name = name,
            Labels = platform == OpenSloDocument.DefaultPlatform
                ? []
                : new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["platform"] = [platform] },
            Annotations = annotations ?? [],
        },
        Spec = spec,
    };

    private static string Target(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Page => MappingWords.Page,
        AlertSeverity.Ticket => MappingWords.Ticket,
    };
}
