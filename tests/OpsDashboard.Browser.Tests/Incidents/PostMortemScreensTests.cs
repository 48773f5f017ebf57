using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Incidents;

/// <summary>Post-mortems from their template to publication, and as a file.</summary>
public sealed class PostMortemScreensTests(Rig rig)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostMortem_FromItsTemplateToPublication_IsWrittenReviewedAndPrinted()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        var opened = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/incidents", new { title = "Feature store answers slowly", platform = "mlops", severity = "P1", services = new[] { "feature-store" } }, Token);
        await app.Http.CallAsync(HttpMethod.Post, $"/api/v1/incidents/{opened.Body.GetProperty("id").GetInt64()}/resolve", new { text = "Rolled the index back." }, Token);
        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            var page = visit.Page;
            await visit.GoInteractiveAsync("/post-mortems");
            await page.GetByRole(AriaRole.Link, new() { Name = "Feature store answers slowly" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Root cause" })).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
            await page.GetByLabel("Text (Markdown)").FillAsync("## Root cause\n\nA *missing* **index** on `features.id`.\n\n- found late\n- mended\n\n> nobody looked");
            await visit.AssertAccessibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(page.GetByText("found late")).ToBeVisibleAsync();
            await page.GetByLabel("What is to be done").FillAsync("Alarm on the age of the index");
            await page.GetByLabel("Owner").FillAsync("Lead, Serving team");
            await page.GetByLabel("Due").FillAsync(TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            await page.GetByRole(AriaRole.Button, new() { Name = "Add the item" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Alarm on the age of the index" })).ToBeVisibleAsync();
            await visit.AssertAccessibleAsync();
            await visit.ScreenshotAsync("post-mortem");
            await page.GetByRole(AriaRole.Button, new() { Name = "Hand to review" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
            await Expect(page.Locator(".page-answer")).ToContainTextAsync("Published");

            var file = await page.GetByRole(AriaRole.Link, new() { Name = "PDF" }).GetAttributeAsync("href");
            var pdf = await app.Http.GetByteArrayAsync(file, Token);
            Assert.StartsWith("%PDF-1.7", System.Text.Encoding.Latin1.GetString(pdf), StringComparison.Ordinal);
        });
        await rig.Browser.VisitAsync(
            app.Url,
            async visit =>
            {
                foreach (var (path, name) in new[] { ("/post-mortems", "post-mortems"), ("/post-mortems/1", "post-mortem") })
                {
                    await visit.GoInteractiveAsync(path);
                    await Expect(visit.Page.GetByText("Alarm on the age of the index").First).ToBeVisibleAsync();
                    await visit.AssertAccessibleAsync();
                    await visit.AssertNoSidewaysScrollAsync();
                    await visit.ScreenshotAsync(name);
                }
            },
            Screen.PhoneDark);
    }
}
