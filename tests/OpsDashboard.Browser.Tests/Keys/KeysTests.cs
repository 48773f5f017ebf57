using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Keys;

public sealed class KeysTests(Rig rig)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_MadeTriedAndRevoked_OpensTheApiAndThenNoLonger()
    {
        await using var app = await AppProcess.StartAsync(cancellationToken: Token);
        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            var key = await MakeAsync(visit);
            await TryAsync(visit, key, "200");

            await visit.GoInteractiveAsync("/keys");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
            var sure = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Revoke this key?" });
            await sure.GetByRole(AriaRole.Button, new() { Name = "Revoke", Exact = true }).ClickAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Keys that ended" }).Locator("tbody tr")).ToContainTextAsync("Revoked");
            await visit.AssertAccessibleAsync();

            await CheckAsync(visit);
            visit.Tolerate("401");
            await TryAsync(visit, key, "401");
        });
        await rig.Browser.VisitAsync(
            app.Url,
            async visit =>
            {
                foreach (var place in new[] { "/keys", "/api-docs", "/api-docs/keys", "/compliance" })
                {
                    await visit.GoInteractiveAsync(place);
                    await visit.AssertAccessibleAsync();
                    await visit.AssertNoSidewaysScrollAsync();
                    await visit.ScreenshotAsync(place.Trim('/').Replace('/', '-'));
                }
            },
            Screen.PhoneDark);
    }

    private static async Task<string> MakeAsync(Visit visit)
    {
        var page = visit.Page;
        await visit.GoInteractiveAsync("/keys");
        await Expect(page.GetByText("No key yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).First.ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog, new() { Name = "Make a key" });
        await form.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Expect(form.Locator("#key-name-error")).ToContainTextAsync("Name the program");
        await form.GetByLabel("Program").FillAsync("billing exporter");
        await form.GetByLabel("Hand in data").CheckAsync();
        await form.GetByLabel("Deployments").CheckAsync();
        await form.GetByLabel("Platforms and services").FillAsync("nowhere");
        await form.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Expect(form.Locator("#key-places-error")).ToContainTextAsync("nowhere");
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("key-form");
        await form.GetByLabel("Platforms and services").FillAsync("");
        await form.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();

        var shown = page.GetByRole(AriaRole.Dialog, new() { Name = "The key of billing exporter" });
        var key = await shown.Locator("#created-key").InnerTextAsync();
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("key-shown");
        await shown.GetByRole(AriaRole.Button, new() { Name = "I have copied it" }).ClickAsync();
        await Expect(shown).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Live keys" }).Locator("tbody tr")).ToContainTextAsync("billing exporter");
        await visit.AssertNoSidewaysScrollAsync();
        await visit.ScreenshotAsync("keys");
        return key;
    }

    /// <summary>The compliance page, on the same program.</summary>
    private static async Task CheckAsync(Visit visit)
    {
        var page = visit.Page;
        await visit.GoInteractiveAsync("/compliance");
        await Expect(page.GetByText("Nothing was checked yet").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check now" }).First.ClickAsync();
        var rows = page.GetByRole(AriaRole.Region, new() { Name = "Controls and their evidence" }).Locator("tbody > tr");
        await Expect(rows.Filter(new() { HasText = "The store is copied every six hours" })).ToContainTextAsync("Minor violation");
        await Expect(rows.Filter(new() { HasText = "Every action is in the trail" })).ToContainTextAsync("hold together");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change ISO 27001" }).ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog, new() { Name = "Where ISO 27001 stands" });
        await form.GetByLabel("Stands").SelectOptionAsync("InProgress");
        await form.GetByLabel("Note").FillAsync("Stage one passed");
        await visit.AssertAccessibleAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(form).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Cell).Filter(new() { HasText = "Stage one passed" })).ToBeVisibleAsync();
        await visit.AssertAccessibleAsync();
        await visit.AssertNoSidewaysScrollAsync();
        await visit.ScreenshotAsync("compliance");
    }

    private static async Task TryAsync(Visit visit, string key, string status)
    {
        var page = visit.Page;
        await visit.GoInteractiveAsync("/api-docs");
        await page.GetByRole(AriaRole.Link, new() { Name = "objectives", Exact = true }).ClickAsync();
        await page.GetByLabel("Key", new() { Exact = true }).FillAsync(key);
        var call = page.Locator("#ListSlos");
        await call.GetByText("Try it").ClickAsync();
        await call.GetByLabel("limit").FillAsync("3");
        await call.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(call.Locator("[data-status]")).ToContainTextAsync(status);
        await Expect(call.Locator("[data-text]")).ToContainTextAsync(status == "200" ? "items" : "revoked");
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync($"api-docs-{status}");
    }
}
