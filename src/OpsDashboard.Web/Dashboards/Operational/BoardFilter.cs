using Microsoft.AspNetCore.Http.Extensions;
using OpsDashboard.Application.Dashboards.Operational;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Dashboards.Operational;

/// <summary>What of the board is shown, as it stands in the address.</summary>
public sealed record BoardFilter
{
    public static BoardFilter Everything { get; } = new();

    public string? Platform { get; init; }

    /// <summary>platform/service.</summary>
    public string? Service { get; init; }

    public string? Tier { get; init; }

    public StateKind? State { get; init; }

    public string? Text { get; init; }

    public bool IsSet => this != Everything;

    /// <summary>Reads the parameters of an address; what is blank, too long or unknown does not filter.</summary>
    public static BoardFilter Of(string? platform, string? service, string? tier, string? state, string? text) => new()
    {
        Platform = Usable(platform),
        Service = Usable(service),
        Tier = Usable(tier),
        State = StateOf(state),
        Text = Usable(text),
    };

    public static BoardFilter Of(IQueryCollection query) =>
        Of(query["platform"], query["service"], query["tier"], query["state"], query["q"]);

    public GetOperationsBoard Request => new()
    {
        Platform = Platform,
        Service = Service,
        Tier = Tier,
        State = State?.ToBoard(),
        Text = Text,
    };

    /// <summary>The page with this filter.</summary>
    public string Href(string path = "/")
    {
        var query = new QueryBuilder();
        Add(query, "platform", Platform);
        Add(query, "service", Service);
        Add(query, "tier", Tier);
        Add(query, "state", State?.Attribute());
        Add(query, "q", Text);
        return path + query;
    }

    private static void Add(QueryBuilder query, string name, string? value)
    {
        if (value is not null)
        {
            query.Add(name, value);
        }
    }

    public static string? Usable(string? value) =>
        string.IsNullOrWhiteSpace(value) || value.Length > GetOperationsBoard.MaxFilterLength ? null : value.Trim();

    private static StateKind? StateOf(string? word)
    {
        foreach (var kind in Enum.GetValues<StateKind>())
        {
            if (string.Equals(kind.Attribute(), word, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return null;
    }
}

internal static class BoardStates
{
    public static StateKind ToKind(this BoardState state) => state switch
    {
        BoardState.Breached => StateKind.Breached,
        BoardState.AtRisk => StateKind.AtRisk,
        BoardState.NoData => StateKind.NoData,
        BoardState.Maintenance => StateKind.Maintenance,
        BoardState.Healthy => StateKind.Healthy,
    };

    public static BoardState ToBoard(this StateKind state) => state switch
    {
        StateKind.Breached => BoardState.Breached,
        StateKind.AtRisk => BoardState.AtRisk,
        StateKind.NoData => BoardState.NoData,
        StateKind.Maintenance => BoardState.Maintenance,
        StateKind.Healthy => BoardState.Healthy,
    };
}
