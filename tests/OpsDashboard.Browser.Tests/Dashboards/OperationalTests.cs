using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;

namespace OpsDashboard.Browser.Tests.Dashboards;

/// <summary>The operational page in a browser, over objectives that were filled through the intake.</summary>
public sealed class OperationalTests(Rig rig, FilledBoard board) : IClassFixture<FilledBoard>
{
    private const string Rows = "tbody[data-list] > tr";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_OnEveryScreen_IsAccessibleAndTellsTheWorstFirst()
    {
        foreach (var screen in Screen.All)
        {
            await VisitAsync(
                async visit =>
                {
                    await visit.GoInteractiveAsync("/");

                    await Assertions.Expect(visit.Page.Locator(Rows).First).ToContainTextAsync("Breached");
                    await Assertions.Expect(visit.Page.Locator(Rows)).ToHaveCountAsync(40);
                    await Assertions.Expect(visit.Page.Locator(".page-answer")).ToContainTextAsync("2 breached");
                    await Assertions.Expect(visit.Page.Locator("#alerts-title")).ToBeVisibleAsync();
                    await visit.AssertNoSidewaysScrollAsync();
                    await visit.ScreenshotAsync("operations", fullPage: false);
                    await visit.AssertAccessibleAsync();
                },
                screen);
        }
    }

    [Fact]
    public async Task Filters_Chosen_StandInTheAddressAndTheBackButtonUndoesThem() => await VisitAsync(async visit =>
    {
        await visit.GoInteractiveAsync("/");
        await visit.Page.Locator("summary.chip", new() { HasText = "Platform" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "agent-mesh", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(board.App.Url + "/?platform=agent-mesh");
        await Assertions.Expect(visit.Page.Locator(Rows)).ToHaveCountAsync(14);

        await visit.Page.Locator(".tally a", new() { HasText = "breached" }).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(board.App.Url + "/?platform=agent-mesh&state=breached");
        await Assertions.Expect(visit.Page.Locator(Rows)).ToHaveCountAsync(1);

        await visit.Page.GoBackAsync();
        await Assertions.Expect(visit.Page.Locator(Rows)).ToHaveCountAsync(14);
        await visit.Page.GetByLabel("Remove filter Platform agent-mesh").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(Rows)).ToHaveCountAsync(40);

        await visit.GoInteractiveAsync("/?state=noData");
        await Assertions.Expect(visit.Page.Locator(Rows)).ToHaveCountAsync(2);
    });

    [Fact]
    public async Task Keyboard_SlashTypeAndStep_FiltersAndOpensTheObjective() => await VisitAsync(async visit =>
    {
        await visit.GoInteractiveAsync("/");
        await Eventually.TrueAsync(
            async () =>
            {
                await visit.Page.Keyboard.PressAsync("/");
                return await visit.Page.EvaluateAsync<bool>("document.activeElement?.matches('[data-filter]') && document.activeElement.value === ''");
            },
            Token);
        await visit.Page.Keyboard.TypeAsync("gateway latency");
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("[?]q=gateway%20latency$"));
        await Assertions.Expect(visit.Page.Locator(Rows).First).ToContainTextAsync("agent-gateway · ");
        await Assertions.Expect(visit.Page.Locator("[data-filter]")).ToHaveValueAsync("gateway latency");
        var key = await visit.Page.Locator(Rows).First.GetAttributeAsync("data-key");

        await visit.Page.Locator("[data-filter]").FillAsync("agent-gateway");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visit.Page.Locator("[data-filter]")).Not.ToBeFocusedAsync();
        await visit.Page.Locator("#objectives-title").ClickAsync();
        await visit.Page.Locator(Rows).First.Locator("[data-row-link]").FocusAsync();
        await visit.Page.Keyboard.PressAsync("j");
        await Assertions.Expect(visit.Page.Locator(Rows).Nth(1).Locator("[data-row-link]")).ToBeFocusedAsync();
        Assert.NotNull(key);
    });

    [Fact]
    public async Task Figure_Entered_TellsWhyAndGivesTheFocusBack() => await VisitAsync(async visit =>
    {
        await visit.GoInteractiveAsync("/");
        var figure = RowOf(visit, board.Ids[3]).Locator("[data-label=SLI] button").First;
        await figure.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        var reasons = visit.Page.Locator("#why");
        await Assertions.Expect(reasons).ToContainTextAsync("90,000 events");
        await Assertions.Expect(reasons).ToContainTextAsync("Service Level Agreements, 1.1 Availability");
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("why", fullPage: false);
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(reasons).ToBeHiddenAsync();
        await Assertions.Expect(figure).ToBeFocusedAsync();
    });

    private static ILocator RowOf(Visit visit, string id) => visit.Page.Locator($"tr[data-key='{id}']");

    private Task VisitAsync(Func<Visit, Task> steps, Screen? screen = null) => rig.Browser.VisitAsync(board.App.Url, steps, screen);
}
