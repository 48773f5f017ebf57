using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Catalog.OpenSlo.Mapping;

internal static class MappingWords
{
    public static readonly IReadOnlyList<(string Word, SliKind Value)> Kinds =
    [
        ("ratio", SliKind.Ratio),
        ("latency", SliKind.Latency),
        ("value", SliKind.Value),
        ("freshness", SliKind.Freshness),
        ("job", SliKind.Job),
    ];

    public static readonly IReadOnlyList<(string Word, ExclusionMode Value)> MaintenanceModes =
        [("removed", ExclusionMode.Removed), ("counted-as-up", ExclusionMode.CountedAsUp)];

    public static readonly IReadOnlyList<(string Word, Flag Value)> Flags = [("true", Flag.True), ("false", Flag.False)];

    public const string Page = "page";
    public const string Ticket = "ticket";

    private static readonly HashSet<string> PagingSeverities = new(StringComparer.OrdinalIgnoreCase)
    {
        Page, "critical", "high", "urgent", "emergency", "sev1", "sev-1", "sev 1", "sev0", "p0", "p1",
    };

    public static bool IsThreshold(SliKind kind) => kind is SliKind.Latency or SliKind.Value or SliKind.Freshness;

    /// <summary>Severities are free text in OpenSLO; here a breach either wakes somebody or waits for the morning.</summary>
    public static AlertSeverity SeverityOf(string severity)
        => PagingSeverities.Contains(severity) ? AlertSeverity.Page : AlertSeverity.Ticket;
}

/// <summary>A truth value as a word of an annotation.</summary>
internal enum Flag
{
    False,
    True,
}
