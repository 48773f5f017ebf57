using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.StatusPages;

/// <summary>The public pages as a reader meets them, and the screen that sets them up.</summary>
public sealed class StatusPageTests(Rig rig)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reader_WithAndWithoutScript_SeesWhatHappensAsItHappens()
    {
        await using var app = await AppProcess.StartAsync(cancellationToken: Token);
        using var api = new HttpClient { BaseAddress = new Uri(app.Url) };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AppProcess.IntakeKey);
        await PostAsync(api, "/api/v1/maintenance", new { platform = "mlops", start = TimeProvider.System.GetUtcNow().AddDays(4), end = TimeProvider.System.GetUtcNow().AddDays(4).AddHours(3), reason = "New disks for the feature store" });

        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            await visit.Page.GotoAsync("/status/mlops");
            var sentence = visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
            await Expect(sentence).ToHaveTextAsync("All services are working.");
            await Expect(visit.Page.Locator("body[data-live=on]")).ToBeVisibleAsync();

            var opened = await PostAsync(api, "/api/v1/incidents", new { title = "Requests to the model API fail", platform = "mlops", severity = "P0", services = new[] { "model-serving-api" } });
            var updates = $"/api/v1/incidents/{opened.GetProperty("id")}/updates";
            await PostAsync(api, updates, new { text = "We see **one in three requests** fail since a release and are rolling it back.", status = "investigating", toStatusPage = true });

            await Expect(sentence).ToContainTextAsync("is unavailable.");
            await Expect(visit.Page.GetByText("one in three requests")).ToBeVisibleAsync();
            await visit.AssertAccessibleAsync();
            await visit.ScreenshotAsync("status-outage");

            foreach (var screen in new[] { Screen.PhoneDark, Screen.DesktopDark, Screen.Phone })
            {
                await rig.Browser.VisitAsync(app.Url, LookAsync, screen);
            }

            await rig.Browser.VisitAsync(app.Url, ReadWithoutScriptAsync, Screen.Phone with { Name = "360-noscript", Script = false });

            await PostAsync(api, updates, new { text = "All requests are answered again.", status = "resolved", toStatusPage = true });
            await Expect(sentence).ToHaveTextAsync("All services are working.");
            await Expect(visit.Page.GetByText("All requests are answered again.")).ToBeVisibleAsync();
            await visit.AssertAccessibleAsync();
        });
    }

    [Fact]
    public async Task Keeper_SetsAStateByHand_AndThePublicPageSaysSo()
    {
        await using var app = await AppProcess.StartAsync(cancellationToken: Token);
        await rig.Browser.VisitAsync(app.Url, reader => rig.Browser.VisitAsync(app.Url, async visit =>
        {
            await reader.Page.GotoAsync("/status");
            await Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("All services are working.");

            await visit.GoInteractiveAsync("/status-pages");
            await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Set the state of Feature") }).ClickAsync();
            var dialog = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "What the public is told" });
            await dialog.GetByLabel("State").SelectOptionAsync(new SelectOptionValue { Label = "Slower than usual" });
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Tell the public" }).ClickAsync();
            await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("One field needs another value");
            await visit.AssertAccessibleAsync();
            await dialog.GetByLabel("Why").FillAsync("Customers report slow answers");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Tell the public" }).ClickAsync();

            await Expect(dialog).ToBeHiddenAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Customers report slow answers" })).ToContainTextAsync("Slower than usual");
            await Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("is slower than usual.");
            await visit.AssertAccessibleAsync();
            await visit.ScreenshotAsync("status-pages");
        }));
    }

    [Fact]
    public async Task Planner_PlansASeries_AndFindsItInListAndCalendar()
    {
        await using var app = await AppProcess.StartAsync(cancellationToken: Token);
        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            await visit.GoInteractiveAsync("/maintenance");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Plan recurring" }).ClickAsync();
            var form = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Plan recurring maintenance" });
            await form.GetByRole(AriaRole.Button, new() { Name = "Plan the series" }).ClickAsync();
            await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("2 fields");
            await visit.AssertAccessibleAsync();
            await form.GetByLabel("Platform").SelectOptionAsync("agent-mesh");
            await form.GetByLabel("What is done").FillAsync("Weekly maintenance");
            await form.GetByRole(AriaRole.Button, new() { Name = "Plan the series" }).ClickAsync();

            await Expect(form).ToBeHiddenAsync();
            await Expect(visit.Page.GetByText("Weekly on Sunday at 02:00 UTC for 4 h")).ToBeVisibleAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel Weekly maintenance" }).First).ToBeVisibleAsync();
            await visit.AssertAccessibleAsync();

            await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Calendar" }).ClickAsync();
            await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Later month" }).ClickAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Cell).Filter(new() { HasText = "02:00–06:00 Weekly maintenance" }).First).ToBeVisibleAsync();
            await visit.AssertAccessibleAsync();
            await visit.AssertNoSidewaysScrollAsync();
            await visit.ScreenshotAsync("maintenance-calendar");
        });
    }

    private static async Task LookAsync(Visit visit)
    {
        await visit.Page.GotoAsync("/status");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("is unavailable.");
        await visit.Page.GetByText("Day by day").First.ClickAsync();
        await visit.AssertAccessibleAsync();
        await visit.AssertNoSidewaysScrollAsync();
        await visit.ScreenshotAsync("status-outage");
    }

    private static async Task ReadWithoutScriptAsync(Visit visit)
    {
        await visit.Page.GotoAsync("/status");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("is unavailable.");
        await Expect(visit.Page.GetByText("New disks for the feature store")).ToBeVisibleAsync();
        await visit.Page.GetByText("Day by day").First.ClickAsync();
        await Expect(visit.Page.Locator(".status-days[open]").First).ToBeVisibleAsync();
        await visit.Page.GetByLabel("By e-mail").FillAsync("reader@example.org");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Look into your mailbox");
    }

    private static async Task<JsonElement> PostAsync(HttpClient api, string path, object body)
    {
        using var answer = await api.PostAsJsonAsync(path, body, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
