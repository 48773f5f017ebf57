using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;

namespace OpsDashboard.Browser.Tests.Dashboards;

/// <summary>The operational page in a browser, over objectives that were filled through the intake.</summary>
public sealed class OperationalTests(Rig rig) : IAsyncLifetime
{
    private InProcessApp _app = null!;
    private IReadOnlyList<string> _ids = [];

    public static TheoryData<string> Screens => [.. Screen.All.Select(screen => screen.Name)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await Boards.StartEmptyAsync(Token);
        _ids = await _app.FillAsync(40, 90, Token);
        await Eventually.TrueAsync(
            async () => (await _app.Http.GetStringAsync("/metrics", Token)).Split('\n').Count(line => line.StartsWith("ops_slo_sli_ratio{", StringComparison.Ordinal)) == 38,
            Token,
            TimeSpan.FromSeconds(40));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Page_OnEveryScreen_IsAccessibleAndTellsTheWorstFirst(string screen) => await VisitAsync(
        async visit =>
        {
            await visit.GoInteractiveAsync("/");

            var first = visit.Page.Locator("tbody[data-list] > tr").First;
            await Assertions.Expect(first).ToContainTextAsync("Breached");
            await Assertions.Expect(visit.Page.Locator("tbody[data-list] > tr")).ToHaveCountAsync(40);
            await Assertions.Expect(visit.Page.Locator(".page-answer")).ToContainTextAsync("2 breached");
            await Assertions.Expect(visit.Page.Locator("#alerts-title")).ToBeVisibleAsync();
            await visit.AssertNoSidewaysScrollAsync();
            await visit.ScreenshotAsync("operations");
            await visit.AssertAccessibleAsync();
        },
        Screen.All.Single(item => item.Name == screen));

    private Task VisitAsync(Func<Visit, Task> steps, Screen? screen = null) => rig.Browser.VisitAsync(_app.Url, steps, screen);
}
