using System.Globalization;
using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Incidents;

/// <summary>One incident from opening to its end, with a second viewer who sees every step without touching anything.</summary>
public sealed class IncidentStoryTests(Rig rig)
{
    private const int Notes = 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Incident_OpenedWorkedOnAndResolved_IsSeenLiveByOthers()
    {
        await using var app = await AppProcess.StartAsync(cancellationToken: Token);
        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            await visit.GoInteractiveAsync("/incidents");
            await Expect(visit.Page.GetByText("No incident is open")).ToBeVisibleAsync();
            await OpenAsync(visit);
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Agent API answers 500");
            var path = new Uri(visit.Page.Url).PathAndQuery;
            // Nobody is on the roster of a new program: that is said on every screen.
            await Expect(visit.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Nobody has answered" }).First).ToBeVisibleAsync();

            await rig.Browser.VisitAsync(app.Url, async viewer =>
            {
                await viewer.GoInteractiveAsync(path);
                await WorkAsync(visit, viewer);
                await MeasureAsync(app, viewer, path);
                await viewer.AssertAccessibleAsync();
                await viewer.AssertNoSidewaysScrollAsync();
            }, Screen.Phone);
            await EndAsync(visit);
        });
    }

    [Fact]
    public async Task Screens_WithIncidents_AreAccessibleOnEveryScreen()
    {
        await using var app = await AppProcess.StartAsync(cancellationToken: Token);
        await SeedAsync(app);
        foreach (var screen in Screen.Walk)
        {
            await rig.Browser.VisitAsync(app.Url, LookAsync, screen);
        }
    }

    private static async Task LookAsync(Visit visit)
    {
        await visit.GoInteractiveAsync("/incidents");
        await Expect(visit.Page.Locator("#incidents-open")).ToBeVisibleAsync();
        await visit.AssertAccessibleAsync();
        await visit.AssertNoSidewaysScrollAsync();
        await visit.ScreenshotAsync("incidents");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Feature store answers slowly" }).First.ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Feature store answers slowly");
        await visit.AssertAccessibleAsync();
        await visit.AssertNoSidewaysScrollAsync();
        await visit.ScreenshotAsync("incident");
        await visit.Page.GoBackAsync();
        await visit.GoInteractiveAsync("/");
        await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Active incidents" })).ToBeVisibleAsync();
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("operations-incidents");
    }

    private static async Task OpenAsync(Visit visit)
    {
        await visit.Page.Locator("#open-incident").ClickAsync();
        var form = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Open an incident" });
        await form.GetByRole(AriaRole.Button, new() { Name = "Open and page" }).ClickAsync();
        await Expect(form.Locator("#opening-title-error")).ToContainTextAsync("Say in a sentence");
        await visit.AssertAccessibleAsync();
        await form.GetByLabel("What is wrong").FillAsync("Agent API answers 500");
        await form.GetByLabel("Platform").SelectOptionAsync("agent-mesh");
        await form.GetByLabel("Severity").SelectOptionAsync("Sev 1");
        await form.GetByRole(AriaRole.Button, new() { Name = "Open and page" }).ClickAsync();
    }

    private static async Task WorkAsync(Visit visit, Visit viewer)
    {
        var seen = viewer.Page.GetByRole(AriaRole.List, new() { Name = "Timeline, newest first" });
        await Expect(viewer.Page.Locator("[data-clock-state=running]").Filter(new() { HasText = "Respond" })).ToContainTextAsync("in 1");

        await visit.Page.Keyboard.PressAsync("a");
        await Expect(seen).ToContainTextAsync("local user has it");
        await Expect(viewer.Page.Locator("[data-clock-state=met]").Filter(new() { HasText = "Respond" })).ToBeVisibleAsync();

        await visit.Page.Keyboard.PressAsync("n");
        await visit.Page.Keyboard.TypeAsync("Errors began with **the deployment** <script>alert(1)</script>");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        await Expect(seen.Locator("strong", new() { HasText = "the deployment" })).ToBeVisibleAsync();
        await Expect(seen).ToContainTextAsync("<script>alert(1)</script>");
        await Expect(visit.Page.Locator("#note")).ToHaveValueAsync("");

        await visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
        await visit.Page.Keyboard.PressAsync("u");
        var composer = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Post an update" });
        await Expect(composer.GetByLabel("Words")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("We are investigating"));
        await composer.GetByLabel("Status page").CheckAsync();
        await composer.GetByLabel("Status", new() { Exact = true }).SelectOptionAsync("Identified");
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("incident-update", fullPage: false);
        await composer.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(seen).ToContainTextAsync("We have found the cause");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Mitigation" }).ClickAsync();
        await Expect(viewer.Page.Locator("ol[aria-label=Lifecycle] [aria-current=step]")).ToHaveTextAsync("Mitigation");
    }

    /// <summary>How long a timeline entry takes to another viewer's screen, from the request that writes it.</summary>
    private static async Task MeasureAsync(AppProcess app, Visit viewer, string path)
    {
        await viewer.Page.EvaluateAsync(
            """
            () => {
              window.seenAt = {};
              new MutationObserver(() => {
                for (const text of document.querySelectorAll(".timeline .text")) {
                  const mark = /measured-\d+/.exec(text.textContent)?.[0];
                  if (mark) { window.seenAt[mark] ??= Date.now(); }
                }
              }).observe(document.body, { subtree: true, childList: true, characterData: true });
            }
            """);
        var took = new List<double>();
        for (var i = 0; i < Notes; i++)
        {
            var mark = string.Create(CultureInfo.InvariantCulture, $"measured-{i}");
            var sentAt = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            var (status, _) = await app.Http.CallAsync(HttpMethod.Post, $"/api/v1{path}/notes", new { text = mark }, Token);
            Assert.Equal(201, status);
            await Expect(viewer.Page.GetByText(mark, new() { Exact = true })).ToBeVisibleAsync();
            took.Add(await viewer.Page.EvaluateAsync<double>("mark => window.seenAt[mark]", mark) - sentAt);
        }

        took.Sort();
        var p95 = took[(int)Math.Ceiling(took.Count * 0.95) - 1];
        TestContext.Current.SendDiagnosticMessage($"Timeline entry to another viewer's screen: median {took[took.Count / 2]:0} ms, p95 {p95:0} ms.");
        // To reach: 300 ms. The bound leaves room for a machine that does ten other things.
        Assert.InRange(p95, 0, 3_000);
    }

    private static async Task EndAsync(Visit visit)
    {
        await visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
        await visit.Page.Keyboard.PressAsync("r");
        var dialog = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Resolve" });
        await dialog.GetByLabel("What fixed it").FillAsync("Rolled back.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Reopen" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Nobody has answered")).ToHaveCountAsync(0);
        await visit.Page.GetByRole(AriaRole.Region, new() { Name = "Milestones" }).GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        var milestones = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Milestones" });
        await milestones.GetByLabel("Detected (UTC)").FillAsync("2020-01-01T00:00");
        await milestones.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(milestones.Locator("#milestones-detected-error")).ToContainTextAsync("cannot lie before the start");
    }

    private static async Task SeedAsync(AppProcess app)
    {
        await PostAsync("/api/v1/incidents", new { title = "Model serving is down", platform = "mlops", severity = "P0", services = new[] { "model-serving-api" } });
        var slow = await PostAsync("/api/v1/incidents", new { title = "Feature store answers slowly", platform = "mlops", severity = "P1", services = new[] { "feature-store" }, startedAt = TimeProvider.System.GetUtcNow().AddMinutes(-40) });
        await PostAsync($"/api/v1/incidents/{slow}/acknowledge", null);
        await PostAsync($"/api/v1/incidents/{slow}/notes", new { text = "Cache hit rate fell from **97 %** to 61 %.\n\n- restarted two nodes\n- watching" });
        await PostAsync($"/api/v1/incidents/{slow}/updates", new { text = "We are investigating slow answers of the feature store.", status = "investigating", toStatusPage = true });
        var mesh = await PostAsync("/api/v1/incidents", new { title = "Policy evaluation over 10 ms", platform = "agent-mesh", severity = "Sev 2", services = new[] { "api" }, reporterTier = "Enterprise" }, mayFail: true);
        var past = await PostAsync("/api/v1/incidents", new { title = "Nightly batch late", platform = "mlops", severity = "P2" });
        await PostAsync($"/api/v1/incidents/{past}/resolve", new { text = "Restarted." });
        Assert.True(mesh >= 0);

        async Task<long> PostAsync(string path, object? body, bool mayFail = false)
        {
            var (status, answer) = await app.Http.CallAsync(HttpMethod.Post, path, body, Token);
            Assert.True(status < 300 || mayFail, $"{path}: {status} {answer}");
            return status < 300 && answer.TryGetProperty("id", out var id) ? id.GetInt64() : 0;
        }
    }
}
