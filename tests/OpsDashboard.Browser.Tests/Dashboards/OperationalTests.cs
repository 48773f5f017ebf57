using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;

namespace OpsDashboard.Browser.Tests.Dashboards;

/// <summary>The operational page in a browser, over objectives that were filled through the intake.</summary>
public sealed class OperationalTests(Rig rig) : IAsyncLifetime
{
    private const string Rows = "tbody[data-list] > tr";

    private InProcessApp _app = null!;
    private IReadOnlyList<string> _ids = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await Boards.StartEmptyAsync(Token);
        _ids = await _app.FillAsync(40, 90, Token);
        await _app.JudgedAsync(38, Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

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
    public async Task Sample_HandedIn_ChangesItsRowWithoutAReloadAtMostFourTimesASecond() => await VisitAsync(async visit =>
    {
        await visit.GoInteractiveAsync("/");
        var row = RowOf(visit, _ids[0]);
        var before = await row.Locator("[data-label=SLI]").InnerTextAsync();
        await visit.Page.EvaluateAsync(
            """
            () => {
                window.stayed = true;
                window.renders = [];
                new MutationObserver(() => window.renders.push(performance.now())).observe(document.querySelector("tbody[data-list]"), { childList: true });
            }
            """);

        for (var bad = 1; bad <= 30; bad++)
        {
            await _app.HandInAsync(_ids[0], DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()), bad, Token);
        }

        await Assertions.Expect(row).ToContainTextAsync("Breached");
        await Assertions.Expect(row.Locator("[data-label=SLI]")).Not.ToHaveTextAsync(before);
        await Assertions.Expect(visit.Page.Locator(".page-answer")).ToContainTextAsync("3 breached");
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.stayed"));
        var most = await visit.Page.EvaluateAsync<int>("Math.max(...window.renders.map(at => window.renders.filter(other => other >= at && other < at + 950).length))");
        Assert.InRange(most, 1, 4);
    });

    [Fact]
    public async Task Rows_UnderAPointer_StayInPlaceWhileTheirFiguresChange() => await VisitAsync(async visit =>
    {
        await visit.GoInteractiveAsync("/");
        var calm = _ids[0];
        await RowOf(visit, calm).HoverAsync();
        await Assertions.Expect(visit.Page.Locator("[data-hold=held]")).ToHaveCountAsync(1);
        var order = await OrderAsync(visit);

        await _app.HandInAsync(calm, TimeProvider.System.GetUtcNow(), 400, Token);
        await Assertions.Expect(RowOf(visit, calm)).ToContainTextAsync("Breached");

        Assert.Equal(order, await OrderAsync(visit));
        await Assertions.Expect(visit.Page.Locator(".page-actions .live")).ToHaveAttributeAsync("data-live", "held");
        await visit.Page.Mouse.MoveAsync(5, 5);
        await Assertions.Expect(visit.Page.Locator(Rows).First).ToHaveAttributeAsync("data-key", calm);
    });

    [Fact]
    public async Task Filters_Chosen_StandInTheAddressAndTheBackButtonUndoesThem() => await VisitAsync(async visit =>
    {
        await visit.GoInteractiveAsync("/");
        await visit.Page.Locator("summary.chip", new() { HasText = "Platform" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "agent-mesh", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(_app.Url + "/?platform=agent-mesh");
        await Assertions.Expect(visit.Page.Locator(Rows)).ToHaveCountAsync(14);

        await visit.Page.Locator(".tally a", new() { HasText = "breached" }).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(_app.Url + "/?platform=agent-mesh&state=breached");
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
        var figure = RowOf(visit, _ids[3]).Locator("[data-label=SLI] button").First;
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

    [Fact]
    public async Task Wall_OnATelevision_IsReadableAndFollowsASample() => await VisitAsync(
        async visit =>
        {
            await visit.Page.GotoAsync("/wall");
            var tiles = visit.Page.Locator(".tile");
            await Assertions.Expect(tiles).ToHaveCountAsync(20);
            await Assertions.Expect(visit.Page.Locator(".wall-answer")).ToHaveTextAsync("2 breached, 2 burning");
            await Eventually.TrueAsync(async () => (await _app.Http.GetStringAsync("/metrics", Token)).Contains("ops_live_subjects 1", StringComparison.Ordinal), Token);
            await visit.AssertNoSidewaysScrollAsync();
            Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollHeight <= innerHeight"), "a wall cannot be scrolled");
            await visit.AssertAccessibleAsync();
            await visit.ScreenshotAsync("wall", fullPage: false);

            await _app.HandInAsync(_ids[0], TimeProvider.System.GetUtcNow(), 900, Token);

            await Assertions.Expect(tiles.First).ToHaveAttributeAsync("data-key", _ids[0]);
            await Assertions.Expect(visit.Page.Locator(".wall-answer")).ToHaveTextAsync("3 breached, 2 burning");
            Assert.Equal(0, await visit.Page.EvaluateAsync<int>("performance.getEntriesByType('resource').filter(entry => entry.name.includes('_blazor')).length"));
        },
        Screen.DesktopDark with { Name = "1920-dark", Width = 1920, Height = 1080 });

    private static ILocator RowOf(Visit visit, string id) => visit.Page.Locator($"tr[data-key='{id}']");

    private static async Task<IReadOnlyList<string>> OrderAsync(Visit visit) =>
        await visit.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('tbody[data-list] > tr')].map(row => row.dataset.key)");

    private Task VisitAsync(Func<Visit, Task> steps, Screen? screen = null) => rig.Browser.VisitAsync(_app.Url, steps, screen);
}
