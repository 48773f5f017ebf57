using AngleSharp.Dom;
using Bunit;
using OpsDashboard.Application.Dashboards.Operational;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Testing;
using OpsDashboard.Web.Dashboards.Operational;

namespace OpsDashboard.Web.Tests.Dashboards.Operational;

public sealed class ObjectiveRowTests : BunitContext
{
    private const string Id = "mlops/model-serving-api/availability";

    [Theory]
    [InlineData(BoardState.Breached, "Breached", "octagon", "breached")]
    [InlineData(BoardState.AtRisk, "At risk", "triangle", "atRisk")]
    [InlineData(BoardState.NoData, "No data", "circle-dashed", "noData")]
    [InlineData(BoardState.Maintenance, "Maintenance", "wrench", "maintenance")]
    [InlineData(BoardState.Healthy, "On target", "circle-check", "healthy")]
    public void Row_EveryState_IsToldByIconAndWord(BoardState state, string word, string icon, string attribute)
    {
        var row = RowOf(Statuses.Of(Id), state);

        var mark = row.QuerySelector(".state")!;
        Assert.Equal(word, mark.TextContent);
        Assert.Equal(attribute, mark.GetAttribute("data-state"));
        Assert.EndsWith("#" + icon, mark.QuerySelector("use")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Row_AtRiskWithAFiringAlert_IsBurningAndMarksTheWindow()
    {
        var row = RowOf(
            Statuses.Of(Id, SloState.AtRisk) with
            {
                BurnRates = [new("1h", 6.1m), new("6h", 3.9m)],
                Alerts = [new BurnAlertStatus(AlertSeverity.Page, "6h", "30m", 3m, Firing: true, Statuses.Noon.AddHours(-1))],
                ExhaustionAt = Statuses.Noon.AddHours(7),
            },
            BoardState.AtRisk);

        Assert.Equal("Burning", row.QuerySelector(".state")!.TextContent);
        Assert.Equal("6.1×", Cell(row, "Burn 1 h").QuerySelector("button")!.TextContent);
        Assert.Equal("3.9×, alert fires", Cell(row, "Burn 6 h").TextContent.Trim());
        Assert.Equal("7 h", Cell(row, "Empty in").TextContent.Trim());
    }

    [Fact]
    public void Row_Figures_FollowTheTargetAndAreControlsWithReasons()
    {
        var row = RowOf(Statuses.Of(Id), BoardState.Healthy);

        Assert.Equal("99.962 %", Cell(row, "SLI").TextContent.Trim());
        Assert.Equal("99.95 %", Cell(row, "Target").TextContent.Trim());
        Assert.Equal("24 %", Cell(row, "Budget left").QuerySelector("strong")!.TextContent);
        Assert.Contains("120 requests", Cell(row, "Budget left").TextContent, StringComparison.Ordinal);
        Assert.Equal("—", Cell(row, "Empty in").TextContent.Trim());
        Assert.Equal(["?of=sli", "?of=budget", "?of=burn", "?of=burn"], row.QuerySelectorAll("[data-why]").Select(control => control.GetAttribute("data-why")));
        Assert.All(row.QuerySelectorAll("[data-why]"), control => Assert.Equal("button", control.LocalName));
    }

    [Theory]
    [InlineData(0.99, null)]
    [InlineData(0.9899, "98 % seen")]
    [InlineData(0.5, "50 % seen")]
    public void Row_Coverage_IsToldOnlyBelow99Percent(double coverage, string? told)
    {
        var row = RowOf(Statuses.Of(Id) with { Coverage = (decimal)coverage }, BoardState.Healthy);

        Assert.Equal(told, Cell(row, "SLI").QuerySelector(".sub")?.TextContent.Trim());
    }

    [Fact]
    public void Row_OverspentTimeBudget_IsToldWithItsSign()
    {
        var row = RowOf(
            Statuses.Of(Id, SloState.Breached) with
            {
                BudgetingMethod = BudgetingMethod.Timeslices,
                Budget = new BudgetStatus(1296, 2054, -758, "seconds", -0.5849m),
            },
            BoardState.Breached);

        Assert.Equal("−59 %", Cell(row, "Budget left").QuerySelector("strong")!.TextContent);
        Assert.Contains("−12 m 38 s", Cell(row, "Budget left").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Row_WithoutData_ClaimsNothing()
    {
        var row = RowOf(Statuses.WithoutData(Id), BoardState.NoData);

        Assert.All(new[] { "SLI", "Burn 1 h", "Burn 6 h", "Empty in" }, label => Assert.Equal("—", Cell(row, label).TextContent.Trim()));
        Assert.Equal("—", Cell(row, "Budget left").QuerySelector("strong")!.TextContent);
        Assert.Contains("no data", row.QuerySelector(".spark")!.GetAttribute("aria-label")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Row_LongAndHostileNames_AreEncodedCutAndStillWhole()
    {
        var name = "inference <b>latency</b> p99 & \"streaming\" " + new string('x', 150);
        var row = RowOf(Statuses.Of($"mlops/{Boards.LongService}/slo-1") with { Name = name, Tier = "Enterprise <script>" }, BoardState.Healthy);

        var link = row.QuerySelector("a[data-row-link]")!;
        Assert.Equal($"{Boards.LongService} · {name}", link.TextContent);
        Assert.Contains("truncate", link.ClassList);
        Assert.Equal($"{Boards.LongService} · {name}", link.GetAttribute("title"));
        Assert.Equal($"/slos/mlops/{Boards.LongService}/slo-1", link.GetAttribute("href"));
        Assert.Empty(row.QuerySelectorAll("b, script"));
    }

    private static IElement Cell(IElement row, string label) => row.QuerySelector($"[data-label='{label}']")!;

    private IElement RowOf(SloStatus status, BoardState state) =>
        Render(row =>
        {
            row.OpenElement(0, "tr");
            row.OpenComponent<ObjectiveRow>(1);
            row.AddComponentParameter(2, nameof(ObjectiveRow.Objective), new BoardObjective(status, state));
            row.CloseComponent();
            row.CloseElement();
        }).Find("tr");
}
