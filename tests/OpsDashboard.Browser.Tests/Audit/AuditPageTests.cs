using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Audit;

public sealed class AuditPageTests(Rig rig)
{
    [Fact]
    public async Task Trail_AfterAPersonsChange_ShowsItSearchesItAndVerifiesTheChain()
    {
        await using var app = await AppProcess.StartAsync(null, TestContext.Current.CancellationToken);
        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            await visit.GoInteractiveAsync("/sources");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add probe" }).ClickAsync();
            var form = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add a probe" });
            await form.GetByLabel("Platform").FillAsync("shop");
            await form.GetByLabel("Service").FillAsync("web");
            await form.GetByLabel("Name", new() { Exact = true }).FillAsync("front");
            await form.GetByLabel("Address").FillAsync("http://192.168.0.1/");
            await form.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
            await Expect(form.Locator("#probe-target-error")).ToContainTextAsync("may not be called");
            await form.GetByLabel("Address").FillAsync("https://example.org/");
            await form.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
            await Expect(form).ToBeHiddenAsync();

            await visit.GoInteractiveAsync("/audit");
            var rows = visit.Page.Locator("tbody > tr").Filter(new() { HasText = "Add probe" });
            await Expect(rows).ToHaveCountAsync(2);
            await Expect(rows.Nth(0)).ToContainTextAsync("Done");
            await Expect(rows.Nth(1)).ToContainTextAsync("Refused");
            await Expect(rows.Nth(0)).ToContainTextAsync("127.0.0.1");
            await rows.Nth(0).Locator("summary").ClickAsync();
            await Expect(rows.Nth(0).GetByText("Probe new · Path")).ToBeVisibleAsync();
            await visit.AssertAccessibleAsync();
            await visit.ScreenshotAsync("audit");

            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Verify the chain" }).ClickAsync();
            await Expect(visit.Page.GetByText("Nothing is wrong.")).ToBeVisibleAsync();
            await visit.Page.GetByLabel("Outcome").SelectOptionAsync("Refused");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
            await Expect(visit.Page.Locator("tbody > tr").Filter(new() { HasText = "Add probe" })).ToHaveCountAsync(1);
        });
        await rig.Browser.VisitAsync(
            app.Url,
            async visit =>
            {
                await visit.GoInteractiveAsync("/audit");
                await visit.AssertAccessibleAsync();
                await visit.AssertNoSidewaysScrollAsync();
            },
            Screen.PhoneDark);
    }
}
