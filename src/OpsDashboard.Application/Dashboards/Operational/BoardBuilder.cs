using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Dashboards.Operational;

/// <summary>Filters, counts and orders; reads nothing.</summary>
internal static class BoardBuilder
{
    public static OperationsBoard Build(GetOperationsBoard filter, IReadOnlyCollection<SloStatus> all, IReadOnlyList<MaintenanceOfDay> maintenance)
    {
        var words = filter.Text?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        var scope = all
            .Where(status => Matches(status, filter, words))
            .Select(status => new BoardObjective(status, StateOf(status, maintenance)))
            .ToList();
        var shown = filter.State is { } state ? scope.FindAll(objective => objective.State == state) : scope;
        shown.Sort(Compare);
        return new OperationsBoard
        {
            Objectives = shown,
            Tally = Enum.GetValues<BoardState>().ToDictionary(kind => kind, kind => scope.Count(objective => objective.State == kind)),
            Alerts = AlertsOf(scope),
            Maintenance = [.. maintenance.Where(window => filter.Platform is null || window.Platform == filter.Platform)],
            Facets = FacetsOf(all),
            Known = all.Count,
            EvaluatedAt = all.Count == 0 ? null : all.Max(status => status.EvaluatedAt),
        };
    }

    private static bool Matches(SloStatus status, GetOperationsBoard filter, string[] words) =>
        (filter.Platform is null || status.Platform == filter.Platform)
        && (filter.Service is null || status.Service == filter.Service || $"{status.Platform}/{status.Service}" == filter.Service)
        && (filter.Tier is null || status.Tier == filter.Tier)
        && Array.TrueForAll(words, word => Contains(status.Id, word) || Contains(status.Name, word) || Contains(status.Tier, word));

    private static bool Contains(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;

    // A breach stays a breach while someone works on it.
    private static BoardState StateOf(SloStatus status, IReadOnlyList<MaintenanceOfDay> maintenance)
    {
        var own = status.State switch
        {
            SloState.Breached => BoardState.Breached,
            SloState.AtRisk => BoardState.AtRisk,
            SloState.NoData => BoardState.NoData,
            SloState.Healthy => BoardState.Healthy,
        };
        return own != BoardState.Breached && maintenance.Any(window => window.Active && Covers(window, status)) ? BoardState.Maintenance : own;
    }

    private static bool Covers(MaintenanceOfDay window, SloStatus status) =>
        window.Platform == status.Platform && (window.Service is null || window.Service == status.Service);

    private static int Compare(BoardObjective x, BoardObjective y)
    {
        var byState = x.State.CompareTo(y.State);
        if (byState != 0)
        {
            return byState;
        }

        var byBudget = (x.Status.Budget.RemainingRatio ?? decimal.MaxValue).CompareTo(y.Status.Budget.RemainingRatio ?? decimal.MaxValue);
        return byBudget != 0 ? byBudget : string.CompareOrdinal(x.Status.Id, y.Status.Id);
    }

    private static List<FiringAlert> AlertsOf(List<BoardObjective> scope) =>
    [
        .. scope
            .SelectMany(objective => objective.Status.Alerts.Where(alert => alert.Firing).Select(alert => new FiringAlert(objective.Status, alert)))
            .OrderBy(firing => firing.Alert.Severity)
            .ThenByDescending(firing => firing.Alert.Since)
            .ThenBy(firing => firing.Objective.Id, StringComparer.Ordinal)
            .ThenBy(firing => firing.Alert.Threshold),
    ];

    private static BoardFacets FacetsOf(IReadOnlyCollection<SloStatus> all) => new(
        Distinct(all.Select(status => status.Platform)),
        Distinct(all.Select(status => $"{status.Platform}/{status.Service}")),
        Distinct(all.Select(status => status.Tier).OfType<string>()));

    private static List<string> Distinct(IEnumerable<string> values) => [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
