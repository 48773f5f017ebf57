using OpsDashboard.Application.Dashboards.Operational;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Dashboards.Operational;

public sealed class BoardBuilderTests
{
    private static readonly SloStatus[] All =
    [
        Statuses.Of("mlops/api/well", SloState.Healthy, 0.9m),
        Statuses.Of("mlops/api/worst", SloState.Breached, -1.5m),
        Statuses.WithoutData("mlops/store/unseen"),
        Statuses.Of("mesh/gateway/spent", SloState.Breached, -0.2m) with { Tier = "Enterprise" },
        Statuses.Of("mesh/gateway/burning", SloState.AtRisk, 0.6m) with { Alerts = [Firing(AlertSeverity.Ticket, 5), Firing(AlertSeverity.Page, 1)] },
        Statuses.Of("mesh/broker/close", SloState.Healthy, 0.1m),
    ];

    [Fact]
    public void Board_Unfiltered_PutsWhatIsWrongNowFirstAndTheWorstBudgetFirstWithin()
    {
        var board = BoardBuilder.Build(new GetOperationsBoard(), All, []);

        Assert.Equal(
            ["mlops/api/worst", "mesh/gateway/spent", "mesh/gateway/burning", "mlops/store/unseen", "mesh/broker/close", "mlops/api/well"],
            board.Objectives.Select(objective => objective.Status.Id));
        Assert.Equal(6, board.Known);
        Assert.Equal(["mesh", "mlops"], board.Facets.Platforms);
        Assert.Equal(["Enterprise"], board.Facets.Tiers);
    }

    [Fact]
    public void Board_FilteredByState_StillCountsTheOtherStates()
    {
        var board = BoardBuilder.Build(new GetOperationsBoard { Platform = "mesh", State = BoardState.AtRisk }, All, []);

        Assert.Equal("mesh/gateway/burning", Assert.Single(board.Objectives).Status.Id);
        Assert.Equal(1, board.Tally[BoardState.Breached]);
        Assert.Equal(1, board.Tally[BoardState.Healthy]);
        Assert.Equal(0, board.Tally[BoardState.NoData]);
    }

    [Fact]
    public void Alerts_Firing_ComePagesFirst() =>
        Assert.Equal(
            [AlertSeverity.Page, AlertSeverity.Ticket],
            BoardBuilder.Build(new GetOperationsBoard(), All, []).Alerts.Select(firing => firing.Alert.Severity));

    [Theory]
    [InlineData("mlops/api/well", "api", BoardState.Maintenance)]
    [InlineData("mlops/store/unseen", null, BoardState.Maintenance)]
    [InlineData("mlops/api/well", "store", BoardState.Healthy)]
    [InlineData("mlops/api/worst", null, BoardState.Breached)]
    [InlineData("mesh/gateway/burning", null, BoardState.AtRisk)]
    public void State_DuringMaintenance_CoversEverythingButABreach(string id, string? service, BoardState expected)
    {
        var running = new MaintenanceOfDay("mlops", service, Statuses.Noon.AddHours(-1), Statuses.Noon.AddHours(1), "Upgrade", Active: true);

        var board = BoardBuilder.Build(new GetOperationsBoard(), All, [running]);

        Assert.Equal(expected, board.Objectives.Single(objective => objective.Status.Id == id).State);
    }

    [Theory]
    [InlineData("GATEWAY spent", 1)]
    [InlineData("enterprise", 1)]
    [InlineData("mesh", 3)]
    [InlineData("nothing like it", 0)]
    public void Text_Words_MustAllStandSomewhere(string text, int found) =>
        Assert.Equal(found, BoardBuilder.Build(new GetOperationsBoard { Text = text }, All, []).Objectives.Count);

    private static BurnAlertStatus Firing(AlertSeverity severity, int hoursAgo) =>
        new(severity, "1h", "5m", 14.4m, Firing: true, Statuses.Noon.AddHours(-hoursAgo));
}
