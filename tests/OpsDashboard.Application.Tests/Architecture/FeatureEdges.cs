namespace OpsDashboard.Application.Tests.Architecture;

/// <summary>Which feature may know which: the only place where an edge is written down.</summary>
internal static class FeatureEdges
{
    /// <summary>Known to all, and knowing nothing but each other: no business word in them.</summary>
    public static IReadOnlyList<string> Open { get; } = ["Platform", "Live", "Audit", "Identity"];

    /// <summary>Read models of all features; known to none.</summary>
    public const string Readers = "Dashboards";

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Table { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        ["Catalog"] = [],
        ["Keys"] = ["Catalog"],
        ["Telemetry"] = ["Catalog"],
        ["Slos"] = ["Catalog", "Telemetry"],
        ["Agreements"] = ["Catalog", "Telemetry", "Slos", "Incidents"],
        ["OnCall"] = ["Catalog"],
        ["Incidents"] = ["Catalog", "Telemetry", "Slos", "OnCall"],
        ["Changes"] = ["Catalog", "Telemetry", "Slos", "Incidents", "Notifications"],
        ["Kpis"] = ["Catalog", "Slos", "Incidents", "Changes", "Agreements"],
        ["Notifications"] = ["Keys", "Slos", "Incidents", "OnCall"],
        ["StatusPages"] = ["Catalog", "Incidents", "Slos", "Notifications"],
        ["Compliance"] = ["Keys", "Incidents", "Notifications"],
        ["Demo"] = ["Catalog", "Telemetry", "Slos", "OnCall", "Incidents", "Notifications", "StatusPages", "Changes", "Agreements", "Kpis"],
    };

    public static bool Allows(string from, string to)
    {
        if (from == to)
        {
            return true;
        }

        if (Open.Contains(to))
        {
            return true;
        }

        return from == Readers ? Table.ContainsKey(to) : Table.TryGetValue(from, out var known) && known.Contains(to);
    }
}
