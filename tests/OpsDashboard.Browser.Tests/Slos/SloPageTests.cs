using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;

namespace OpsDashboard.Browser.Tests.Slos;

public sealed class SloPageTests(Rig rig, SloStoryApp story) : IClassFixture<SloStoryApp>
{
    private const string PagePath = "/slos/shop/checkout/availability";

    public static TheoryData<string> Screens => [.. Screen.Walk.Select(screen => screen.Name)];

    [Theory]
    [MemberData(nameof(Screens))]
    public Task Pages_OnEveryScreen_AreAccessibleAndFit(string screen) => VisitAsync(
        async visit =>
        {
            foreach (var (path, name) in new[]
            {
                (PagePath, "slo"), ("/slos/shop/checkout/latency-p95?range=7d", "slo-latency"), ($"{PagePath}/edit", "slo-edit"),
                ("/slos?platform=shop", "slos"), ("/slos?tab=not-measurable", "slos-not-measurable"),
            })
            {
                await visit.GoInteractiveAsync(path);
                await SettledAsync(visit, path);
                await visit.AssertAccessibleAsync();
                await visit.AssertNoSidewaysScrollAsync();
                await visit.ScreenshotAsync(name);
            }
        },
        Screen.All.Single(one => one.Name == screen));

    [Fact]
    public Task Page_Opened_DrawsChartsAndExplainsItsFigures() => VisitAsync(async visit =>
    {
        await visit.GoInteractiveAsync(PagePath);

        await Assertions.Expect(visit.Page.Locator(".apexcharts-canvas")).ToHaveCountAsync(2);
        var why = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Why this number" });
        await Assertions.Expect(why).ToContainTextAsync("99% uptime");
        await Assertions.Expect(why).ToContainTextAsync("the contract calls both uptime");
        await Assertions.Expect(why.GetByRole(AriaRole.Link, new() { Name = "Checkout latency p95, 95 %" })).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "7d", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("range=7d$"));
        await visit.Page.GetByText("Show as table").First.ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Budget left" })).ToBeVisibleAsync();
    });

    [Fact]
    public async Task Page_WhenASampleArrives_ChangesFiguresAndAppendsToItsCharts()
    {
        // Its own, for it changes what the others look at.
        await using var app = await SloStory.BeginAsync();
        await rig.Browser.VisitAsync(app.Url, visit => SeeASampleAsync(app, visit));
    }

    private static async Task SeeASampleAsync(InProcessApp app, Visit visit)
    {
        await visit.GoInteractiveAsync($"{PagePath}?range=1h");
        await SettledAsync(visit, PagePath);
        var budget = visit.Page.Locator("[data-flash=budget]");
        var before = await budget.InnerTextAsync();
        await visit.Page.Locator(".chart-table").Nth(1).GetByText("Show as table").ClickAsync();
        var down = visit.Page.Locator("[data-chart-table] td:text-is('0.0 %')");
        await Assertions.Expect(down).ToHaveCountAsync(0);

        await SloStory.FailNowAsync(app, 20_000);

        await Assertions.Expect(budget).Not.ToHaveTextAsync(before);
        await Assertions.Expect(down.First).ToBeVisibleAsync();
    }

    private static async Task SettledAsync(Visit visit, string path)
    {
        if (path.Contains("/edit", StringComparison.Ordinal))
        {
            await Assertions.Expect(visit.Page.Locator("[data-what-if=ready]")).ToBeVisibleAsync();
        }
        else if (path.StartsWith("/slos/", StringComparison.Ordinal))
        {
            await Assertions.Expect(visit.Page.Locator(".apexcharts-canvas").Nth(1)).ToBeVisibleAsync();
        }
    }

    private Task VisitAsync(Func<Visit, Task> steps, Screen? screen = null) => rig.Browser.VisitAsync(story.App.Url, steps, screen);
}
