using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;

namespace OpsDashboard.Browser.Tests.Dashboards;

/// <summary>The operational screens before there is anything to show.</summary>
public sealed class EmptyTests(Rig rig)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_WithoutObjectives_SaysWhatWouldStandHereAndFillsByItself()
    {
        await using var app = await Boards.StartEmptyAsync(Token);
        await rig.Browser.VisitAsync(
            app.Url,
            async visit =>
            {
                await visit.GoInteractiveAsync("/");
                await Assertions.Expect(visit.Page.GetByText("No objectives yet")).ToBeVisibleAsync();
                await visit.AssertAccessibleAsync();

                await app.FillAsync(3, 10, Token);

                await Assertions.Expect(visit.Page.Locator("tbody[data-list] > tr")).ToHaveCountAsync(3);
            },
            Screen.Phone);
    }

    [Fact]
    public async Task Wall_WithoutObjectives_SaysSo()
    {
        await using var app = await Boards.StartEmptyAsync(Token);
        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            await visit.Page.GotoAsync("/wall");
            await Assertions.Expect(visit.Page.Locator(".wall-answer")).ToHaveTextAsync("No objectives yet");
            await visit.AssertAccessibleAsync();
        });
    }
}
