using System.Text.Json;
using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Notifications;

/// <summary>A person says how to reach them, is paged, and acknowledges on a phone.</summary>
public sealed class PagingScreensTests(Rig rig)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Person_AddsAWayVerifiesItAndIsPaged_OnEveryScreen()
    {
        await using var receiver = await PageReceiver.StartAsync();
        await using var app = await AppProcess.StartAsync(
            new AppProcessOptions { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Outbound__AllowPrivateTargets"] = "true" } },
            Token);
        var hired = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/people", new { name = "Primary on-call", roles = (string[])["l1-support"], zone = "Europe/Berlin" }, Token);
        Assert.True(hired.Status is 200 or 201, $"{hired}");
        await rig.Browser.VisitAsync(app.Url, visit => ArrangeAsync(visit, receiver));
        await app.Http.CallAsync(HttpMethod.Post, "/api/v1/incidents", new { title = "Error rate above 5 % on the serving API", platform = "mlops", severity = "P0" }, Token);
        await Eventually.TrueAsync(() => receiver.All.Any(page => page.Body.Contains("acknowledgeUrl", StringComparison.Ordinal)), Token);
        var link = new Uri(JsonDocument.Parse(receiver.All[^1].Body).RootElement.GetProperty("acknowledgeUrl").GetString()!).PathAndQuery;
        await LookAsync(app, rig, link);
        await rig.Browser.VisitAsync(app.Url, visit => AcknowledgeAsync(visit, link), Screen.Phone);
    }

    private static async Task ArrangeAsync(Visit visit, PageReceiver receiver)
    {
        await visit.GoInteractiveAsync("/contacts");
        await visit.Page.GetByLabel("Person").SelectOptionAsync("Primary on-call");
        await Expect(visit.Page.GetByText("No page can reach this person").First).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add contact method" }).ClickAsync();
        var form = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add a contact method" });
        await form.GetByLabel("Mailbox").FillAsync("nobody");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(form.Locator("#contact-address-error")).ToContainTextAsync("A mailbox such as");
        await visit.AssertAccessibleAsync();
        await form.GetByLabel("Way").SelectOptionAsync("Webhook");
        await form.GetByLabel("Address").FillAsync($"{receiver.Url}/pager");
        await form.GetByLabel("Name").FillAsync("My pager");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();

        var verify = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Verify My pager" });
        await Expect(verify.GetByLabel("Secret of the signature")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^whsec_"));
        await verify.GetByRole(AriaRole.Button, new() { Name = "Send the code" }).ClickAsync();
        await Eventually.TrueAsync(() => receiver.All.Count == 1, Token);
        await verify.GetByLabel("Code", new() { Exact = true }).FillAsync("12");
        await verify.GetByRole(AriaRole.Button, new() { Name = "Verify", Exact = true }).ClickAsync();
        await Expect(verify.Locator("#code-error")).ToContainTextAsync("Not the code. 5 tries are left.");
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("contact-verify", fullPage: false);
        await verify.GetByLabel("Code", new() { Exact = true }).FillAsync(JsonDocument.Parse(receiver.All[0].Body).RootElement.GetProperty("code").GetString()!);
        await verify.GetByRole(AriaRole.Button, new() { Name = "Verify", Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByText("A page comes by webhook at once.")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send me a test page by My pager" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Messages to this person" }).GetByRole(AriaRole.Row).Filter(new() { HasText = "Test page" }).First).ToContainTextAsync("Sent");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Set", Exact = true }).ClickAsync();
        var quiet = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Quiet hours" });
        await Expect(quiet.GetByLabel("Zone")).ToHaveValueAsync("Europe/Berlin");
        await visit.AssertAccessibleAsync();
        await quiet.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(visit.Page.GetByText("From 22:00 to 07:00 the next day, Europe/Berlin.")).ToBeVisibleAsync();
    }

    /// <summary>Every page of the slice at both widths and in both themes.</summary>
    private static async Task LookAsync(AppProcess app, Rig rig, string link)
    {
        foreach (var screen in Screen.Walk)
        {
            await rig.Browser.VisitAsync(
                app.Url,
                async visit =>
                {
                    foreach (var (path, heading, name) in ((string, string, string)[])[("/contacts?person=primary-on-call", "How Primary on-call is reached", "contacts"), ("/paging", "Paging", "paging")])
                    {
                        await visit.GoInteractiveAsync(path);
                        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true })).ToBeVisibleAsync();
                        await Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Error rate above 5 %" })).ToContainTextAsync("Sent");
                        await visit.AssertAccessibleAsync();
                        await visit.AssertNoSidewaysScrollAsync();
                        await visit.ScreenshotAsync(name);
                    }

                    await visit.Page.GotoAsync(link);
                    await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" })).ToBeVisibleAsync();
                    await visit.AssertAccessibleAsync();
                    await visit.AssertNoSidewaysScrollAsync();
                    await visit.ScreenshotAsync("page-link");
                },
                screen);
        }
    }

    private static async Task AcknowledgeAsync(Visit visit, string link)
    {
        await visit.Page.GotoAsync(link);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("You have it.");
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("page-link-done");
        await visit.Page.GotoAsync(link);
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("You acknowledged with this link");
    }
}
