using OpsDashboard.Domain.Slos;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Slos;

public sealed class DefineSloTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Objective_DefinedOnAnSli_IsJudgedWithTheUsualAlerts()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        await app.SeedAsync(Seeding.Availability("shop", "web", "uptime"));

        var made = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/slos", new { sliId = "shop/web/uptime", name = "gold", target = 0.9995m }, Token);
        var again = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/slos", new { sliId = "shop/web/uptime", name = "gold", target = 0.9995m }, Token);
        var status = await app.UntilAsync(
            ("slo", "shop/web/gold"),
            () => app.Http.CallAsync(HttpMethod.Get, "/api/v1/slos/shop/web/gold", null, Token),
            answer => answer.Status == 200,
            Token);

        Assert.Equal((201, 409), (made.Status, again.Status));
        Assert.Equal("shop/web/gold", made.Body.GetProperty("id").GetString());
        Assert.Equal(0.9995m, status.Body.GetProperty("target").GetDecimal());
        Assert.Equal("noData", status.Body.GetProperty("state").GetString());
        Assert.Equal(BurnAlertRules.DefaultsFor(SloWindow.RollingDays(30), 0.9995m).Count, status.Body.GetProperty("alerts").GetArrayLength());
    }

    [Theory]
    [InlineData("shop/web/uptime", 1.0, null, 30, "/target")]
    [InlineData("shop/web/uptime", 0.99, 300.0, 30, "/threshold")]
    [InlineData("shop/web/uptime", 0.99, null, 367, "/window/count")]
    [InlineData("shop/web/none", 0.99, null, 30, "/sliId")]
    public async Task Objective_ThatMeansNothing_IsRefused(string sliId, double target, double? limit, int windowDays, string pointer)
    {
        await using var app = await InProcessApp.StartAsync(Token);
        await app.SeedAsync(Seeding.Availability("shop", "web", "uptime"));

        var (status, body) = await app.Http.CallAsync(
            HttpMethod.Post,
            "/api/v1/slos",
            new { sliId, name = "gold", target, windowDays, threshold = limit is null ? null : new { op = "lessThan", limit } },
            Token);

        Assert.Equal(422, status);
        Assert.Equal(pointer, Assert.Single(body.GetProperty("errors").EnumerateArray()).GetProperty("pointer").GetString());
    }
}
