using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Incidents.Alerts;

public sealed partial class AlertScreensTests(Rig rig)
{
    private static readonly DateTimeOffset LongAgo = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Integration_AddedAndUsed_ShowsItsKeyOnceAndWhatItSent()
    {
        await using var app = await AppProcess.StartAsync(cancellationToken: Token);
        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            var page = visit.Page;
            var key = await AddIntegrationAsync(visit);
            await page.GetByRole(AriaRole.Button, new() { Name = "Expect a heartbeat of Alertmanager of the mesh" }).ClickAsync();
            var heartbeat = page.GetByRole(AriaRole.Dialog, new() { Name = "Expect a sign of life" });
            await heartbeat.GetByLabel("Name", new() { Exact = true }).FillAsync("nightly-backup");
            await heartbeat.GetByLabel("Comes every").FillAsync("5");
            await heartbeat.GetByRole(AriaRole.Button, new() { Name = "Expect it" }).ClickAsync();
            await Expect(heartbeat.Locator("#heartbeat-intervalSeconds-error")).ToContainTextAsync("Between 10 seconds");
            await visit.AssertAccessibleAsync();
            await heartbeat.GetByLabel("Comes every").FillAsync("3600");
            await heartbeat.GetByRole(AriaRole.Button, new() { Name = "Expect it" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "nightly-backup" })).ToContainTextAsync("Waiting");

            await PostAsync(app, key, "heartbeat?name=nightly-backup", new { });
            await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "nightly-backup" })).ToContainTextAsync("Alive");
            await PostAsync(app, key, "alertmanager", new { version = "4", alerts = 7 });
            await SendAlertsAsync(app, key);
            await Expect(page.GetByText("alerts from Alertmanager")).ToBeVisibleAsync();
            await Expect(page.GetByText("alerts must be an array")).ToBeVisibleAsync();
            await visit.AssertAccessibleAsync();
            await visit.AssertNoSidewaysScrollAsync();
            await visit.ScreenshotAsync("integrations");

            await WalkAlertsAsync(visit, app, key);
        });
        await VisitEveryScreenAsync(app);
    }

    private static async Task<string> AddIntegrationAsync(Visit visit)
    {
        var page = visit.Page;
        await visit.GoInteractiveAsync("/integrations");
        await Expect(page.GetByText("No integration yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add integration" }).First.ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog, new() { Name = "Add an integration" });
        await form.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(form.Locator("#integration-name-error")).ToContainTextAsync("Name the program");
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync("Alertmanager of the mesh");
        await form.GetByLabel("Platform").SelectOptionAsync("agent-mesh");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();

        var shown = page.GetByRole(AriaRole.Dialog, new() { Name = "The key of Alertmanager of the mesh" });
        var example = await shown.GetByRole(AriaRole.Region, new() { Name = "Alertmanager, in alertmanager.yml" }).TextContentAsync();
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("integration-key", fullPage: false);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await shown.GetByRole(AriaRole.Button, new() { Name = "Copy: Alertmanager, in alertmanager.yml" }).ClickAsync();
        await Eventually.TrueAsync(async () => await page.EvaluateAsync<string>("() => navigator.clipboard.readText()") == example, Token);
        await shown.GetByRole(AriaRole.Button, new() { Name = "I have copied it" }).ClickAsync();
        await Expect(shown).ToBeHiddenAsync();
        await Expect(page.GetByText("nothing yet")).ToBeVisibleAsync();
        var key = KeyInAddress().Match(example!).Groups["key"].Value;
        // The dialog goes in one rendering and its content in the next.
        await Eventually.TrueAsync(async () => !(await page.ContentAsync()).Contains(key, StringComparison.Ordinal), Token);
        return key;
    }

    private static async Task WalkAlertsAsync(Visit visit, AppProcess app, string key)
    {
        var page = visit.Page;
        await visit.GoInteractiveAsync("/alerts");
        var errors = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Requests fail" });
        await Expect(errors).ToContainTextAsync("Sev 1");
        await Expect(errors).ToContainTextAsync("Incident");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Memory is short" })).ToContainTextAsync("notice only");
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("alerts");

        await page.GetByRole(AriaRole.Button, new() { Name = "Silence Memory is short" }).ClickAsync();
        var silence = page.GetByRole(AriaRole.Dialog, new() { Name = "Add a silence" });
        await Expect(silence.GetByLabel("Matches")).ToHaveValueAsync(new Regex("alertname=\"Memory\""));
        await silence.GetByLabel("Matches").FillAsync("alertname=~\"(\"");
        await silence.GetByRole(AriaRole.Button, new() { Name = "Silence", Exact = true }).ClickAsync();
        await Expect(silence.Locator("#silence-matchers-error")).ToContainTextAsync("regular expression");
        await visit.AssertAccessibleAsync();
        await silence.GetByLabel("Matches").FillAsync("alertname=~\"Mem.*\"");
        await silence.GetByLabel("Why").FillAsync("Being looked at");
        await silence.GetByRole(AriaRole.Button, new() { Name = "Silence", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Memory is short" })).ToContainTextAsync("Silenced");

        await SendAlertsAsync(app, key, "resolved");
        await Expect(page.GetByText("Nothing fires", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Resolved" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Requests fail" })).ToBeVisibleAsync();
        Assert.Contains("state=resolved", page.Url, StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Silences" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "End now the silence of" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Being looked at" })).ToContainTextAsync("Ended");
        await page.GetByRole(AriaRole.Link, new() { Name = "Metric rules" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Pod crash loop" }).First).ToContainTextAsync("No data");
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("metric-rules");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change Disk usage above 85 %" }).ClickAsync();
        await page.GetByLabel("Ends at").FillAsync("99");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#metric-rule-recoversAt-error")).ToContainTextAsync("good side");
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Routing" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add rule" }).ClickAsync();
        var route = page.GetByRole(AriaRole.Dialog, new() { Name = "Add a routing rule" });
        await route.GetByLabel("Name", new() { Exact = true }).FillAsync("Databases");
        await route.GetByLabel("Matches").FillAsync("team=db");
        await route.GetByLabel("Level").SelectOptionAsync("Critical");
        await visit.AssertAccessibleAsync();
        await route.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Databases" })).ToContainTextAsync("team=\"db\"");
        await WalkRoutingAsync(visit);
        // Fired anew: with its old start it would be taken for a message that was overtaken by its end.
        await SendAlertsAsync(app, key, startsAt: TimeProvider.System.GetUtcNow());
    }

    /// <summary>A second rule moves before the first by the keyboard, and takes what was tried.</summary>
    private static async Task WalkRoutingAsync(Visit visit)
    {
        var page = visit.Page;
        var rules = page.GetByRole(AriaRole.Region, new() { Name = "Routing rules in the order" }).GetByRole(AriaRole.Row);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add rule" }).ClickAsync();
        var route = page.GetByRole(AriaRole.Dialog, new() { Name = "Add a routing rule" });
        await route.GetByLabel("Name", new() { Exact = true }).FillAsync("Everything else");
        await route.GetByLabel("What is done").SelectOptionAsync("Notify");
        await route.GetByLabel("Level").SelectOptionAsync("Warning");
        await route.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(rules.Nth(2)).ToContainTextAsync("Everything else");
        await page.GetByLabel("Labels of an alert").FillAsync("{alertname=\"DiskFull\", team=\"db\"}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        var trial = page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Belongs to" });
        await Expect(trial).ToContainTextAsync("Databases decides the level.");
        await Expect(trial).ToContainTextAsync("Everything else decides what is done.");

        await page.GetByRole(AriaRole.Button, new() { Name = "Move Everything else up" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(rules.Nth(1)).ToContainTextAsync("Everything else");
        await Expect(trial).ToContainTextAsync("Everything else decides the level, what is done.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the rule Databases" }).ClickAsync();
        var change = page.GetByRole(AriaRole.Dialog, new() { Name = "Change the rule Databases" });
        await Expect(change.GetByLabel("Matches")).ToHaveValueAsync("team=\"db\"");
        await change.GetByLabel("Name", new() { Exact = true }).FillAsync("Data stores");
        await change.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(trial).ToContainTextAsync("Data stores matches too");
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("routing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the rule Everything else" }).ClickAsync();
        await Expect(rules.Nth(1)).ToContainTextAsync("Data stores");
    }

    /// <summary>Every page at both widths and in both themes, with something on it.</summary>
    private async Task VisitEveryScreenAsync(AppProcess app)
    {
        foreach (var screen in Screen.Walk)
        {
            await rig.Browser.VisitAsync(
                app.Url,
                async visit =>
                {
                    foreach (var (path, text) in new[] { ("/alerts", "Requests fail"), ("/alerts?tab=silences", "Being looked at"), ("/alerts?tab=rules", "Pod crash loop"), ("/alerts?tab=routing", "Data stores"), ("/integrations", "nightly-backup") })
                    {
                        await visit.GoInteractiveAsync(path);
                        await Expect(visit.Page.GetByText(text).First).ToBeVisibleAsync();
                        await visit.AssertAccessibleAsync();
                        await visit.AssertNoSidewaysScrollAsync();
                        await visit.ScreenshotAsync($"alerts-{path.Split('=')[^1].Trim('/')}");
                    }
                },
                screen);
        }
    }

    private static Task SendAlertsAsync(AppProcess app, string key, string status = "firing", DateTimeOffset? startsAt = null) => PostAsync(app, key, "alertmanager", new
    {
        version = "4",
        groupKey = "{}:{}",
        alerts = new object[]
        {
            new { status, labels = new { alertname = "Errors", severity = "critical", service = "platform" }, annotations = new { summary = "Requests fail", description = "7 % of requests to the core services fail." }, startsAt = startsAt ?? LongAgo, generatorURL = "http://prometheus.example/graph" },
            new { status, labels = new { alertname = "Memory", severity = "warning", service = "platform" }, annotations = new { summary = "Memory is short" }, startsAt = startsAt ?? LongAgo },
        },
    });

    private static async Task PostAsync(AppProcess app, string key, string call, object body)
    {
        using var response = await app.Http.PostAsJsonAsync($"/api/v1/integrations/{key}/{call}", body, Token);
        Assert.True((int)response.StatusCode is 200 or 422, response.StatusCode.ToString());
    }

    [GeneratedRegex("integrations/(?<key>[^/]+)/alertmanager", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyInAddress();
}
