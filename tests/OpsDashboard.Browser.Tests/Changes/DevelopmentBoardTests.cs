using System.Globalization;
using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Changes;

public sealed class DevelopmentBoardTests(Rig rig)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deployment_ToldByAPipeline_StandsOnTheBoardWithWhatItBroke()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        var now = TimeProvider.System.GetUtcNow();
        await app.PlantAsync(Seeding.Availability("shop", "checkout", "availability"), now.AddDays(-60));
        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            await visit.GoInteractiveAsync("/development");
            await Expect(visit.Page.GetByText("No deployment in 30 days")).ToBeVisibleAsync();
            await TellAsync(app, "1", now.AddHours(-30), "succeeded");
            await TellAsync(app, "2", now.AddHours(-3), "rolledBack");

            var row = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "2.0.2" });
            await Expect(row).ToContainTextAsync("Rolled back");
            await Expect(row).ToContainTextAsync("1 of 2 approvals by others than its author.");
            await Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Change failure rate" })).ToContainTextAsync("50 %");
            await visit.AssertAccessibleAsync();
            await visit.ScreenshotAsync("development-deployments");
        });
        await rig.Browser.VisitAsync(
            app.Url,
            async visit =>
            {
                await visit.GoInteractiveAsync("/development");
                await Expect(visit.Page.GetByText("2.0.2")).ToBeVisibleAsync();
                await visit.AssertAccessibleAsync();
                await visit.AssertNoSidewaysScrollAsync();
                await visit.ScreenshotAsync("development-deployments");
            },
            Screen.PhoneDark);
    }

    private static async Task TellAsync(InProcessApp app, string id, DateTimeOffset at, string outcome)
    {
        var (status, _) = await app.Http.CallAsync(
            HttpMethod.Post,
            "/api/v1/deployments",
            new
            {
                id,
                service = "shop/checkout",
                version = string.Create(CultureInfo.InvariantCulture, $"2.0.{id}"),
                commit = "9fceb02d0ae598e95dc970b74767f19372d61af8",
                committedAt = at.AddHours(-5),
                author = "Engineer, Checkout team",
                team = "Checkout team",
                approvals = new[] { "Lead, Checkout team" },
                stages = new[]
                {
                    new { name = "ci", outcome = "passed", startedAt = at.AddMinutes(-20), endedAt = at.AddMinutes(-8) },
                    new { name = "staging", outcome = "passed", startedAt = at.AddMinutes(-8), endedAt = at.AddMinutes(-3) },
                    new { name = "smoke", outcome = "passed", startedAt = at.AddMinutes(-3), endedAt = at.AddMinutes(-1) },
                    new { name = "production", outcome = "passed", startedAt = at, endedAt = at.AddMinutes(6) },
                    new { name = "soak", outcome = "passed", startedAt = at.AddMinutes(6), endedAt = at.AddMinutes(36) },
                },
                startedAt = at.AddMinutes(-20),
                finishedAt = at.AddMinutes(6),
                recoveredAt = outcome == "rolledBack" ? at.AddMinutes(50) : (DateTimeOffset?)null,
                outcome,
            },
            Token);
        Assert.Equal(201, status);
    }
}
