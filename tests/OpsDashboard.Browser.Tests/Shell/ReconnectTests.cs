using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Shell;

public sealed class ReconnectTests(Rig rig)
{
    [Fact]
    public async Task Connection_CutAndMended_SaysSoAndGoesOnInTheSameCircuit()
    {
        await using var line = new CuttableLine(rig.App.Url);
        await rig.Browser.VisitAsync(line.Url, async visit =>
        {
            TolerateLostConnection(visit);
            await visit.GoInteractiveAsync("/");
            await visit.Page.EvaluateAsync("window.sameDocument = true");

            line.Cut();
            var dialog = visit.Page.Locator("#components-reconnect-modal");
            await Expect(dialog).ToBeVisibleAsync();
            await Expect(dialog).ToContainTextAsync("Connection lost");
            await visit.AssertAccessibleAsync();

            line.Mend();
            // The script may be between two tries or just in one; either way the button or the countdown gets it back.
            await visit.Page.EvaluateAsync("document.querySelector('#components-reconnect-modal [data-when~=show] [data-reconnect]').click()");
            await Expect(dialog).ToBeHiddenAsync();
            Assert.True(await visit.Page.EvaluateAsync<bool>("window.sameDocument === true"));
        });
    }

    [Fact]
    public async Task Program_KilledAndStartedAgain_PageLoadsAnewByItself()
    {
        await using var app = await AppProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            TolerateLostConnection(visit);
            await visit.GoInteractiveAsync("/");
            await app.Kill9Async(TestContext.Current.CancellationToken);
            var dialog = visit.Page.Locator("#components-reconnect-modal");
            await Expect(dialog).ToContainTextAsync("Connection lost");

            await app.StartAgainAsync(TestContext.Current.CancellationToken);

            await visit.NextInteractiveAsync();
            await Expect(dialog).ToBeHiddenAsync();
        });
    }

    private static void TolerateLostConnection(Visit visit)
    {
        visit.Tolerate("ERR_");
        visit.Tolerate("Connection disconnected");
        visit.Tolerate("Failed to complete negotiation");
        visit.Tolerate("Failed to start the connection");
        visit.Tolerate("Failed to fetch");
        visit.Tolerate("WebSocket");
        // An answer of the page to the circuit may be on its way when the line is cut.
        visit.Tolerate("Cannot send data if the connection is not in the 'Connected' State");
    }
}
