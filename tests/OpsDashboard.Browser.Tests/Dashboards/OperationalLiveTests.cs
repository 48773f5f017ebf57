using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;

namespace OpsDashboard.Browser.Tests.Dashboards;

/// <summary>The operational page and the wall while samples come in; each test changes a board of its own.</summary>
public sealed class OperationalLiveTests(Rig rig) : IAsyncLifetime
{
    private const string Rows = "tbody[data-list] > tr";

    private readonly FilledBoard _board = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _board.InitializeAsync();

    public ValueTask DisposeAsync() => _board.DisposeAsync();

    [Fact]
    public async Task Sample_HandedIn_ChangesItsRowWithoutAReloadAtMostFourTimesASecond() => await VisitAsync(async visit =>
    {
        await visit.GoInteractiveAsync("/");
        var row = RowOf(visit, _board.Ids[0]);
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
            await _board.App.HandInAsync(_board.Ids[0], DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()), bad, Token);
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
        var calm = _board.Ids[0];
        await RowOf(visit, calm).HoverAsync();
        await Assertions.Expect(visit.Page.Locator("[data-hold=held]")).ToHaveCountAsync(1);
        var order = await OrderAsync(visit);

        await _board.App.HandInAsync(calm, TimeProvider.System.GetUtcNow(), 400, Token);
        await Assertions.Expect(RowOf(visit, calm)).ToContainTextAsync("Breached");

        Assert.Equal(order, await OrderAsync(visit));
        await Assertions.Expect(visit.Page.Locator(".page-actions .live")).ToHaveAttributeAsync("data-live", "held");
        await visit.Page.Mouse.MoveAsync(5, 5);
        await Assertions.Expect(visit.Page.Locator(Rows).First).ToHaveAttributeAsync("data-key", calm);
    });

    [Fact]
    public async Task Wall_OnATelevision_IsReadableAndFollowsASample() => await VisitAsync(
        async visit =>
        {
            await visit.Page.GotoAsync("/wall");
            var tiles = visit.Page.Locator(".tile");
            await Assertions.Expect(tiles).ToHaveCountAsync(20);
            await Assertions.Expect(visit.Page.Locator(".wall-answer")).ToHaveTextAsync("2 breached, 2 burning");
            await Eventually.TrueAsync(async () => (await _board.App.Http.GetStringAsync("/metrics", Token)).Contains("ops_live_subjects 1", StringComparison.Ordinal), Token);
            await visit.AssertNoSidewaysScrollAsync();
            Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollHeight <= innerHeight"), "a wall cannot be scrolled");
            await visit.AssertAccessibleAsync();
            await visit.ScreenshotAsync("wall", fullPage: false);

            await _board.App.HandInAsync(_board.Ids[0], TimeProvider.System.GetUtcNow(), 900, Token);

            await Assertions.Expect(tiles.First).ToHaveAttributeAsync("data-key", _board.Ids[0]);
            await Assertions.Expect(visit.Page.Locator(".wall-answer")).ToHaveTextAsync("3 breached, 2 burning");
            Assert.Equal(0, await visit.Page.EvaluateAsync<int>("performance.getEntriesByType('resource').filter(entry => entry.name.includes('_blazor')).length"));
        },
        Screen.DesktopDark with { Name = "1920-dark", Width = 1920, Height = 1080 });

    private static ILocator RowOf(Visit visit, string id) => visit.Page.Locator($"tr[data-key='{id}']");

    private static async Task<IReadOnlyList<string>> OrderAsync(Visit visit) =>
        await visit.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('tbody[data-list] > tr')].map(row => row.dataset.key)");

    private Task VisitAsync(Func<Visit, Task> steps, Screen? screen = null) => rig.Browser.VisitAsync(_board.App.Url, steps, screen);
}
