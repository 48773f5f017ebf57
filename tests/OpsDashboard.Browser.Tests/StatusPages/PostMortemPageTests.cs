using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.StatusPages;

public sealed class PostMortemPageTests(Rig rig)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Team_AfterASevereIncident_WritesReviewsAndPublishesWhatItLearnt()
    {
        await using var app = await AppProcess.StartAsync(cancellationToken: Token);
        using var api = new HttpClient { BaseAddress = new Uri(app.Url) };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AppProcess.IntakeKey);
        using (var opened = await api.PostAsJsonAsync("/api/v1/incidents", new { title = "Requests fail", platform = "mlops", severity = "P0" }, Token))
        {
            var id = JsonDocument.Parse(await opened.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("id").GetInt64();
            using var resolved = await api.PostAsJsonAsync($"/api/v1/incidents/{id}/resolve", new { note = "Rolled back" }, Token);
            Assert.True(resolved.IsSuccessStatusCode, await resolved.Content.ReadAsStringAsync(Token));
        }

        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            await visit.GoInteractiveAsync("/post-mortems");
            await visit.AssertAccessibleAsync();
            await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Requests fail" }).ClickAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Root cause" })).ToBeVisibleAsync();

            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).ClickAsync();
            await visit.Page.GetByLabel("Text (Markdown)").FillAsync("## Root cause\n\nA missing index. <b>Really</b>");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(visit.Page.GetByText("A missing index. <b>Really</b>")).ToBeVisibleAsync();

            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add the item" }).ClickAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("3 fields need other values");
            await visit.Page.GetByLabel("What is to be done").FillAsync("Add the index");
            await visit.Page.GetByLabel("Owner").FillAsync("Lead, Serving team");
            await visit.Page.GetByLabel("Due").FillAsync(TimeProvider.System.GetUtcNow().AddDays(7).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add the item" }).ClickAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Add the index" })).ToContainTextAsync("Lead, Serving team");

            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Hand to review" }).ClickAsync();
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true })).ToBeHiddenAsync();
            await visit.AssertAccessibleAsync();
            await visit.AssertNoSidewaysScrollAsync();
            await visit.ScreenshotAsync("post-mortem");
        });
        Assert.Contains("- [ ] Add the index (Lead, Serving team", await app.Http.GetStringAsync("/api/v1/post-mortems/1/markdown", Token));
    }
}
