using Bunit;
using OpsDashboard.Application.Dashboards.Operational;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Testing;
using OpsDashboard.Web.Dashboards.Operational;

namespace OpsDashboard.Web.Tests.Dashboards.Operational;

public sealed class BoardAlertsTests : BunitContext
{
    [Fact]
    public void Alerts_SeveralOfOneObjective_AreOneLineWithItsMostUrgent()
    {
        var objective = Statuses.Of("mlops/api/latency", SloState.AtRisk) with { BurnRates = [new("6h", 6.1m), new("30m", 7.4m)] };
        var page = new BurnAlertStatus(AlertSeverity.Page, "6h", "30m", 6m, Firing: true, Statuses.Noon.AddHours(-2));
        var ticket = new BurnAlertStatus(AlertSeverity.Ticket, "72h", "6h", 1m, Firing: true, Statuses.Noon.AddHours(-1));

        var alerts = Render<BoardAlerts>(parts => parts.Add(part => part.Alerts, [new FiringAlert(objective, page), new FiringAlert(objective, ticket)]));

        var line = Assert.Single(alerts.FindAll("li"));
        Assert.Contains("6.1× over 6 h and 7.4× over 30 min, fires above 6.0×; also over 72 h", line.TextContent, StringComparison.Ordinal);
        Assert.Equal("1 page", alerts.Find(".card-head .muted").TextContent);
        Assert.Equal("breached", alerts.Find("section").GetAttribute("data-state"));
        Assert.Equal("/slos/mlops/api/latency", line.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void Alerts_None_AreNothing() =>
        Assert.Equal("", Render<BoardAlerts>(parts => parts.Add(part => part.Alerts, [])).Markup.Trim());

    [Fact]
    public void Alerts_MoreThanFit_AreCounted()
    {
        var ticket = new BurnAlertStatus(AlertSeverity.Ticket, "72h", "6h", 1m, Firing: true, Since: null);

        var alerts = Render<BoardAlerts>(parts => parts.Add(
            part => part.Alerts,
            [.. Enumerable.Range(0, 9).Select(number => new FiringAlert(Statuses.Of($"mlops/api/slo-{number}", SloState.AtRisk), ticket))]));

        Assert.Equal(6, alerts.FindAll("li").Count);
        Assert.Contains("and 3 more objectives", alerts.Find(".card-foot").TextContent, StringComparison.Ordinal);
        Assert.Equal("9 tickets", alerts.Find(".card-head .muted").TextContent);
        Assert.Equal("atRisk", alerts.Find("section").GetAttribute("data-state"));
    }
}
