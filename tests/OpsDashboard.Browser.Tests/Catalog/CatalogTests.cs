using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Catalog;

public sealed class CatalogTests(Rig rig)
{
    private const string Faulty = """
        apiVersion: openslo/v1
        kind: SLI
        metadata: {name: orders, labels: {platform: shop, service: checkout}}
        spec:
          ratioMetric:
            counter: perhaps
            good: {metricSource: {type: OpsDashboard, spec: {}}}
            total: {metricSource: {type: OpsDashboard, spec: {}}}
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: orders, displayName: Orders taken, labels: {platform: shop}}
        spec:
          service: checkout
          indicatorRef: orders
          timeWindow: [{duration: 30 days, isRolling: true}]
          budgetingMethod: Occurrences
          objectives: [{target: 99.9}]
        """;

    private static string Mended => Faulty.Replace("perhaps", "true", StringComparison.Ordinal)
        .Replace("30 days", "30d", StringComparison.Ordinal)
        .Replace("99.9", "0.999", StringComparison.Ordinal);

    public static TheoryData<string> Screens => [.. Screen.All.Select(screen => screen.Name)];

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Catalog_OnEveryScreen_ShowsClausesAndWhatCannotBeMeasured(string screen) => await rig.VisitAsync(
        async visit =>
        {
            await visit.GoInteractiveAsync("/catalog?platform=mlops");

            await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Feature Store uptime" })).ToBeVisibleAsync();
            await Expect(visit.Page.GetByText("100% of models pass validation before deployment")).ToBeVisibleAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "agent-mesh" })).ToBeVisibleAsync();
            await visit.AssertAccessibleAsync();
            await visit.AssertNoSidewaysScrollAsync();
            await visit.ScreenshotAsync("catalog");
        },
        Screen.All.Single(item => item.Name == screen));

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Import_WithThreeFaults_NamesEachByLineAndPath(string screen) => await rig.VisitAsync(
        async visit =>
        {
            await visit.GoInteractiveAsync("/catalog/import");
            await visit.Page.GetByLabel("Or paste the text").FillAsync(Faulty);
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();

            var rows = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Faults" }).Locator("tbody tr");
            await Expect(rows.Filter(new() { HasText = "line 6" }).Filter(new() { HasText = "spec.ratioMetric.counter" })).ToBeVisibleAsync();
            await Expect(rows.Filter(new() { HasText = "line 16" }).Filter(new() { HasText = "spec.timeWindow[0].duration" })).ToBeVisibleAsync();
            await Expect(rows.Filter(new() { HasText = "line 18" }).Filter(new() { HasText = "spec.objectives[0].target" })).ToBeVisibleAsync();
            await visit.AssertAccessibleAsync();
            await visit.AssertNoSidewaysScrollAsync();
            await visit.ScreenshotAsync("import-faults");
        },
        Screen.All.Single(item => item.Name == screen));

    [Fact]
    public async Task Import_OfAMendedText_AddsAnObjectiveThatSamplesFeed()
    {
        await using var app = await AppProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            await visit.GoInteractiveAsync("/catalog/import");
            var text = visit.Page.GetByLabel("Or paste the text");
            await text.FillAsync(Faulty);
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "3 faults" })).ToBeVisibleAsync();

            await text.FillAsync(Mended);
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
            await Expect(visit.Page.GetByText("3 added, 0 changed, 0 unchanged; nothing is changed yet.")).ToBeVisibleAsync();
            await visit.AssertAccessibleAsync();
            await visit.ScreenshotAsync("import-preview");

            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import 3 changes" }).ClickAsync();
            await Expect(visit.Page.GetByText("3 added, 0 changed, 0 unchanged.")).ToBeVisibleAsync();
            await visit.Page.GetByRole(AriaRole.Link, new() { Name = "To the objectives" }).ClickAsync();
            var row = visit.Page.Locator("tr").Filter(new() { HasText = "Orders taken" });
            await Expect(row).ToContainTextAsync("No data");

            var (status, answer) = await app.Http.CallAsync(
                HttpMethod.Post,
                "/api/v1/samples",
                new { batchId = "first", samples = new[] { new { sli = "shop/checkout/orders", at = TimeProvider.System.GetUtcNow().AddMinutes(-1), good = 990, total = 1000 } } },
                TestContext.Current.CancellationToken);
            Assert.Equal(((int)HttpStatusCode.Accepted, 1), (status, answer.GetProperty("accepted").GetInt32()));
            await Expect(row).ToContainTextAsync("99.0");
        });
    }

    [Fact]
    public async Task Import_OfAFile_IsPreviewedAndMayBeLeftOut() => await rig.VisitAsync(async visit =>
    {
        await visit.GoInteractiveAsync("/catalog/import");
        await visit.Page.GetByLabel("Files").SetInputFilesAsync(new FilePayload { Name = "shop.yaml", MimeType = "application/yaml", Buffer = System.Text.Encoding.UTF8.GetBytes(Faulty) });
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Leave out shop.yaml" })).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "shop.yaml, line 16" })).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Leave out shop.yaml" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no text");
    });

    [Fact]
    public async Task Import_OfATextLargerThanAMessage_IsReadWhole() => await rig.VisitAsync(async visit =>
    {
        await visit.GoInteractiveAsync("/catalog/import");
        await visit.Page.GetByLabel("Or paste the text").FillAsync(Mended + "\n# " + new string('x', 200_000));

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();

        await Expect(visit.Page.GetByText("3 added, 0 changed, 0 unchanged; nothing is changed yet.")).ToBeVisibleAsync();
    });
}
