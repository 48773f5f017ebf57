using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Demo;

/// <summary>What a person sees of the demo on any page: that it is one, how its history grows, and the way out.</summary>
public sealed class DemoRibbonTests(Rig rig)
{
    [Fact]
    public async Task Ribbon_WhileHistoryIsWritten_ShowsProgressAndLetsOneCancelAndStartEmpty()
    {
        await using var app = await AppProcess.StartAsync(
            new AppProcessOptions
            {
                Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Demo__Enabled"] = "true", ["Demo__HistoryDays"] = "400" },
            },
            TestContext.Current.CancellationToken);

        // Once the first hours tell the pace, nobody writes while the page is looked at: a fast machine would be done before.
        await Eventually.TrueAsync(
            async () => (await app.Http.GetStringAsync("/", TestContext.Current.CancellationToken)).Contains(" left</span>", StringComparison.Ordinal),
            TestContext.Current.CancellationToken,
            TimeSpan.FromSeconds(60));
        // Signing in writes.
        await app.SignInAsync();
        var held = StoreLock.Take(app.DataDirectory);
        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            await visit.GoInteractiveAsync("/");
            var ribbon = visit.Page.GetByRole(AriaRole.Note, new PageGetByRoleOptions { Name = "Demo data" });
            var progress = visit.Page.GetByRole(AriaRole.Progressbar, new PageGetByRoleOptions { Name = "Writing the demo's history" });
            await Expect(ribbon).ToBeVisibleAsync();
            await Expect(progress).ToBeVisibleAsync();
            await Expect(visit.Page.Locator(".demo-fill")).ToContainTextAsync("of 9,600 hours");
            await Expect(visit.Page.Locator(".demo-fill")).ToContainTextAsync("left");
            await visit.ScreenshotAsync("demo-fill");
            await visit.AssertAccessibleAsync();
            await visit.AssertNoSidewaysScrollAsync();

            held.Dispose();
            await visit.Page.Locator(".demo-fill").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel" }).ClickAsync();
            await Expect(progress).ToBeHiddenAsync();
            await Expect(ribbon).ToBeVisibleAsync();

            await StartEmptyAsync(visit, ribbon);
            await visit.GoInteractiveAsync("/maintenance");
            await Expect(ribbon).ToBeHiddenAsync();
        });
    }

    private static async Task StartEmptyAsync(Visit visit, ILocator ribbon)
    {
        await ribbon.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Start empty" }).ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "Start empty" });
        await Expect(dialog).ToBeVisibleAsync();
        await visit.AssertAccessibleAsync();

        await dialog.GetByRole(AriaRole.Textbox).FillAsync("empty");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete demo data" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Type \"start empty\" to confirm.");

        await dialog.GetByRole(AriaRole.Textbox).FillAsync("start empty");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete demo data" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(ribbon).ToBeHiddenAsync();
    }
}
