using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Telemetry;

public sealed class SourcesPageTests(Rig rig)
{
    public static TheoryData<string> Screens => [.. Screen.All.Select(screen => screen.Name)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prometheus_AddedTriedAndKept_IsReadAndShown()
    {
        var counters = new ScrapedCounters((int)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60) - ScrapedCounters.Minutes + 3);
        await using var target = await LocalServer.StartAsync((context, _) => context.Response.WriteAsync(counters.Scrape()));
        await using var prometheus = await PrometheusProcess.StartAsync([$"127.0.0.1:{target.Port}"], Token);
        await using var app = await StartAsync();
        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            await visit.GoInteractiveAsync("/sources");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add Prometheus" }).ClickAsync();
            var source = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add a Prometheus" });
            await source.GetByLabel("Platform").FillAsync("shop");
            await source.GetByLabel("Name", new() { Exact = true }).FillAsync("main");
            await source.GetByLabel("Address").FillAsync("prometheus:9090");
            await source.GetByLabel("Address").BlurAsync();
            await Expect(source.Locator("#source-url-error")).ToContainTextAsync("An http or https address");
            await visit.AssertAccessibleAsync();
            await source.GetByLabel("Address").FillAsync(prometheus.Url);
            await source.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "shop/main" })).ToContainTextAsync("Unused");

            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add SLI read from shop/main" }).ClickAsync();
            var sli = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Read an SLI with PromQL" });
            await sli.GetByLabel("Service").FillAsync("web");
            await sli.GetByLabel("SLI", new() { Exact = true }).FillAsync("availability");
            await sli.GetByLabel("Query for good events").FillAsync("sum(");
            await sli.GetByLabel("Query for all events").FillAsync("http_requests_total");
            await sli.GetByRole(AriaRole.Button, new() { Name = "Try this query" }).ClickAsync();
            await Expect(sli.Locator("#sli-queries-query-error")).ToContainTextAsync("parse error");
            await sli.GetByLabel("Query for good events").FillAsync("http_requests_total{code=\"200\"}");
            await sli.GetByRole(AriaRole.Button, new() { Name = "Try this query" }).ClickAsync();
            await Expect(sli.GetByRole(AriaRole.Region, new() { Name = "The last ten minutes" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(11);
            await visit.AssertAccessibleAsync();
            await visit.ScreenshotAsync("source-trial", fullPage: false);
            await sli.GetByLabel("Target").FillAsync("100");
            await sli.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(sli.Locator("#sli-target-error")).ToContainTextAsync("below 100");
            await sli.GetByLabel("Target").FillAsync("99.9");
            await sli.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

            await Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "shop/main" })).ToContainTextAsync("Working");
            await Eventually.TrueAsync(async () => (await app.Http.GetAsync("/api/v1/slos/shop/web/availability", Token)).IsSuccessStatusCode, Token);
            await visit.AssertAccessibleAsync();
        });
    }

    [Fact]
    public async Task Probe_Added_ShowsItsResultAndOneThatIsDown()
    {
        var up = true;
        await using var server = await LocalServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = Volatile.Read(ref up) ? 200 : 503;
            return Task.CompletedTask;
        });
        await using var app = await StartAsync();
        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            await visit.GoInteractiveAsync("/sources");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add probe" }).ClickAsync();
            var form = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add a probe" });
            await form.GetByLabel("Platform").FillAsync("shop");
            await form.GetByLabel("Service").FillAsync("web");
            await form.GetByLabel("Name", new() { Exact = true }).FillAsync("front");
            await form.GetByLabel("Address").FillAsync("http://169.254.169.254/latest");
            await form.GetByLabel("Interval").FillAsync("5");
            await form.GetByLabel("Timeout").FillAsync("2");
            await form.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
            await Expect(form.Locator("#probe-target-error")).ToContainTextAsync("may not be called");
            await visit.AssertAccessibleAsync();
            await form.GetByLabel("Address").FillAsync(server.Url);
            await form.GetByLabel("Target").FillAsync("99");
            await form.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();

            var row = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "shop/web/front" });
            await Expect(row).ToContainTextAsync("Status 200.");
            await visit.ScreenshotAsync("sources");
            await visit.AssertAccessibleAsync();
            Volatile.Write(ref up, false);
            await Expect(row).ToContainTextAsync("Status 503 instead of 200 to 299.");

            await row.GetByRole(AriaRole.Button, new() { Name = "Change shop/web/front" }).ClickAsync();
            var change = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Change shop/web/front" });
            await change.GetByLabel("Status").FillAsync("5030");
            await change.GetByLabel("Status").BlurAsync();
            await Expect(change.Locator("#probe-expectStatus-error")).ToContainTextAsync("Between 100 and 599.");
            await change.GetByLabel("Status").FillAsync("503");
            await visit.AssertAccessibleAsync();
            await change.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
            await Expect(row).ToContainTextAsync("Status 503.");
        });
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Page_OnEveryScreen_IsAccessibleAndFits(string screen) => await rig.VisitAsync(
        async visit =>
        {
            await visit.GoInteractiveAsync("/sources");
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Probes" })).ToBeVisibleAsync();
            await visit.AssertAccessibleAsync();
            await visit.AssertNoSidewaysScrollAsync();
        },
        Screen.All.Single(item => item.Name == screen));

    private static Task<AppProcess> StartAsync() => AppProcess.StartAsync(
        new AppProcessOptions
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Probes__AllowTargets__0"] = "127.0.0.0/8", ["Prometheus__SettleSeconds"] = "0" },
        },
        Token);
}
