namespace OpsDashboard.Domain.Incidents.Alerts;

/// <summary>How much an alert matters, the worst first: the rungs that the platforms' severity scales have in common.</summary>
public enum AlertLevel
{
    Critical,
    High,
    Warning,
    Info,
}

/// <summary>What is done about an alert.</summary>
public enum AlertAction
{
    /// <summary>Opens or joins an incident, which pages.</summary>
    Page,

    /// <summary>Recorded and told to a channel, nobody is paged.</summary>
    Notify,

    /// <summary>Recorded for the screen.</summary>
    Record,
}

/// <summary>What an alert says of itself before it is routed.</summary>
/// <param name="Platform">Null: it does not say.</param>
/// <param name="Severity">The name its platform's scale gives it; null: only the level is known.</param>
/// <param name="Level">Null: it does not say.</param>
public sealed record AlertClaim(
    IReadOnlyDictionary<string, string> Labels,
    string? Platform,
    string? Service,
    AlertLevel? Level,
    string? Severity,
    string? PolicyId);

/// <summary>A rule of routing. What it leaves open is decided by the rules after it.</summary>
public sealed record RoutingRule
{
    public required string Name { get; init; }

    /// <summary>All must match; none matches everything.</summary>
    public IReadOnlyList<LabelMatcher> Matchers { get; init; } = [];

    public string? Platform { get; init; }

    public string? Service { get; init; }

    public AlertLevel? Level { get; init; }

    /// <summary>A name of the platform's severity scale.</summary>
    public string? Severity { get; init; }

    public string? PolicyId { get; init; }

    public AlertAction? Action { get; init; }

    public bool Matches(IReadOnlyDictionary<string, string> labels) => Matchers.All(matcher => matcher.Matches(labels));
}

/// <param name="Rules">Names of the rules that decided something.</param>
public sealed record AlertRoute(
    string Platform,
    string? Service,
    AlertLevel Level,
    string? Severity,
    string? PolicyId,
    AlertAction Action,
    IReadOnlyList<string> Rules);

/// <summary>Where an alert belongs and what is done about it.</summary>
public static class AlertRouting
{
    /// <summary>Of alerts that no rule and no label gives to a platform.</summary>
    public const string DefaultPlatform = "default";

    /// <summary>The words that senders use for severities, in any case and with any of " -_" left out.</summary>
    private static readonly Dictionary<string, AlertLevel> Words = new(StringComparer.Ordinal)
    {
        ["critical"] = AlertLevel.Critical,
        ["emergency"] = AlertLevel.Critical,
        ["fatal"] = AlertLevel.Critical,
        ["disaster"] = AlertLevel.Critical,
        ["p0"] = AlertLevel.Critical,
        ["sev1"] = AlertLevel.Critical,
        ["severity1"] = AlertLevel.Critical,
        ["page"] = AlertLevel.High,
        ["high"] = AlertLevel.High,
        ["major"] = AlertLevel.High,
        ["error"] = AlertLevel.High,
        ["p1"] = AlertLevel.High,
        ["sev2"] = AlertLevel.High,
        ["severity2"] = AlertLevel.High,
        ["warning"] = AlertLevel.Warning,
        ["warn"] = AlertLevel.Warning,
        ["ticket"] = AlertLevel.Warning,
        ["medium"] = AlertLevel.Warning,
        ["minor"] = AlertLevel.Warning,
        ["average"] = AlertLevel.Warning,
        ["p2"] = AlertLevel.Warning,
        ["sev3"] = AlertLevel.Warning,
        ["severity3"] = AlertLevel.Warning,
        ["info"] = AlertLevel.Info,
        ["information"] = AlertLevel.Info,
        ["informational"] = AlertLevel.Info,
        ["notice"] = AlertLevel.Info,
        ["low"] = AlertLevel.Info,
        ["debug"] = AlertLevel.Info,
        ["none"] = AlertLevel.Info,
        ["p3"] = AlertLevel.Info,
        ["sev4"] = AlertLevel.Info,
        ["severity4"] = AlertLevel.Info,
    };

    /// <summary>The level a word stands for; null for a word that is not known.</summary>
    public static AlertLevel? LevelOf(string? word) => word is null ? null : Words.TryGetValue(Plain(word), out var level) ? level : null;

    /// <summary>Each field is decided by the first matching rule that states it; what no rule states stays as the alert says.</summary>
    public static AlertRoute Decide(IEnumerable<RoutingRule> rules, AlertClaim claim, string? integrationPlatform)
    {
        var matching = rules.Where(rule => rule.Matches(claim.Labels)).ToList();
        // An alert of which nobody says how bad it is pages: a page too many is the smaller fault.
        var level = First(rule => rule.Level) ?? claim.Level ?? LevelOf(claim.Severity) ?? AlertLevel.High;
        return new AlertRoute(
            Text(rule => rule.Platform) ?? claim.Platform ?? integrationPlatform ?? DefaultPlatform,
            Text(rule => rule.Service) ?? claim.Service,
            level,
            Text(rule => rule.Severity) ?? (First(rule => rule.Level) is null ? claim.Severity : null),
            Text(rule => rule.PolicyId) ?? claim.PolicyId,
            First(rule => rule.Action) ?? DefaultAction(level),
            [.. matching.Select(rule => rule.Name)]);

        string? Text(Func<RoutingRule, string?> field) => matching.Select(field).FirstOrDefault(value => value is not null);
        T? First<T>(Func<RoutingRule, T?> field)
            where T : struct => matching.Select(field).FirstOrDefault(value => value is not null);
    }

    /// <summary>agent-mesh 5.2: critical alerts page on-call, warnings go to Slack, what informs stays on the dashboard.</summary>
    public static AlertAction DefaultAction(AlertLevel level) => level switch
    {
        AlertLevel.Critical or AlertLevel.High => AlertAction.Page,
        AlertLevel.Warning => AlertAction.Notify,
        AlertLevel.Info => AlertAction.Record,
    };

    /// <summary>"Sev 1", "SEV-1" and "sev1" say the same.</summary>
    public static string Plain(string word) => new([.. word.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
