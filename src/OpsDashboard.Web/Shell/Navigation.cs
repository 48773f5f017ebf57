using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Shell;

/// <summary>One place of the product. The rail, the keyboard table and the palette are all made from this list.</summary>
/// <param name="Letter">The key after <c>g</c> that goes there.</param>
/// <param name="OwnTab">Outside the circuit: opens in a tab of its own.</param>
/// <param name="Needs">Who may not is not offered it.</param>
internal sealed record Place(string Label, string Href, string Icon, char Letter, bool OwnTab = false, Access Needs = Access.View);

internal static class Navigation
{
    public static IReadOnlyList<Place> Places { get; } =
    [
        new("Operations", "/", "operations", 'o'),
        new("Incidents", "/incidents", "incidents", 'i'),
        new("On-call", "/oncall", "oncall", 'n'),
        new("Objectives", "/slos", "objectives", 's'),
        new("Alerts", "/alerts", "triangle", 'l'),
        new("Executive", "/executive", "executive", 'e', Needs: Access.ReadReports),
        new("KPIs", "/kpis", "kpis", 'f', Needs: Access.ReadReports),
        new("Agreements", "/agreements", "agreements", 'b', Needs: Access.ReadReports),
        new("Development", "/development", "development", 'd'),
        new("Catalog", "/catalog", "catalog", 'c'),
        new("Data sources", "/sources", "sources", 'a'),
        new("Integrations", "/integrations", "download", 't'),
        new("Maintenance", "/maintenance", "maintenance", 'm'),
        new("Post-mortems", "/post-mortems", "edit", 'r'),
        new("Status page", "/status-pages", "system", 'p'),
        new("Audit trail", "/audit", "catalog", 'u', Needs: Access.ReadAudit),
        new("Compliance", "/compliance", "check", 'q', Needs: Access.ReadAudit),
        new("People", "/people", "person", 'v', Needs: Access.ManagePeople),
        new("Keys", "/keys", "key", 'k', Needs: Access.ManageKeys),
        new("Wallboard", "/wall", "wall", 'w', OwnTab: true),
    ];

    /// <summary>What stands in the bar at the bottom of a phone; the rest is behind More.</summary>
    public static IEnumerable<Place> OnPhone(Caller caller) => For(caller).Take(4);

    /// <summary>What a caller may go to.</summary>
    public static IEnumerable<Place> For(Caller caller) => Places.Where(place => caller.May(place.Needs));
}
