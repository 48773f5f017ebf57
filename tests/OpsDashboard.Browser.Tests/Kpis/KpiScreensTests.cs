using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpsDashboard.Application.Kpis.Entry;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Kpis;

/// <summary>One program, two visits: a KPI from its first value to its board report.</summary>
public sealed class KpiScreensTests(Rig rig)
{
    private const string Models = "mlops-models-deployed";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kpi_FromItsFirstValueToTheBoardReport_IsWalkedByHand()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        var now = TimeProvider.System.GetUtcNow();
        var months = Enumerable.Range(1, 8).Select(back => now.AddMonths(-back).ToString("yyyy-MM", CultureInfo.InvariantCulture)).Reverse().ToList();
        // All but the last month, which is told by hand, and one that nobody told.
        await TellAsync(app, [.. months[..^1].Where((_, index) => index != 4).Select((month, index) => new Measurement(month, 20 + (3 * index)))]);

        await rig.Browser.VisitAsync(app.Url, visit => EnterAsync(visit, months));
        await rig.Browser.VisitAsync(app.Url, visit => LookAsync(visit, months[^1]), Screen.PhoneDark);
    }

    private static async Task TellAsync(InProcessApp app, IReadOnlyList<Measurement> values)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = TestCallers.Viewer;
        var told = await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(new RecordMeasurements { KpiId = Models, Measurements = values }, Token);
        Assert.Equal(values.Count, told.Value.Added);
    }

    private static async Task EnterAsync(Visit visit, List<string> months)
    {
        var page = visit.Page;
        await visit.GoInteractiveAsync("/kpis");
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Filter KPIs by words" }).FillAsync("models deployed");
        await page.GetByRole(AriaRole.Link, new() { Name = "Models deployed" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Models deployed");

        await page.GetByRole(AriaRole.Button, new() { Name = "Enter a value" }).ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog, new() { Name = "Enter a value" });
        await form.GetByLabel("The month").FillAsync(months[^1]);
        await form.GetByRole(AriaRole.Button, new() { Name = "Save value" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("A value is required.");
        await form.GetByLabel("Value", new() { Exact = true }).FillAsync("44");
        await visit.AssertAccessibleAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Save value" }).ClickAsync();
        await Expect(form).ToBeHiddenAsync();
        var entries = page.GetByRole(AriaRole.Region, new() { Name = "Entries" });
        await Expect(entries.GetByRole(AriaRole.Row).Filter(new() { HasText = months[^1] })).ToContainTextAsync("By hand");

        await page.GetByRole(AriaRole.Button, new() { Name = "New target" }).ClickAsync();
        var target = page.GetByRole(AriaRole.Dialog, new() { Name = "Set a new target" });
        await target.GetByLabel("Figure").FillAsync("40");
        await target.GetByLabel("To be reached by").FillAsync("");
        await target.GetByRole(AriaRole.Button, new() { Name = "Set target" }).ClickAsync();
        await Expect(target.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say why");
        await target.GetByLabel("Reason").FillAsync("Agreed with the steering committee");
        await target.GetByRole(AriaRole.Button, new() { Name = "Set target" }).ClickAsync();
        await Expect(target).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Target history" })).ToContainTextAsync("Agreed with the steering committee");
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("kpi");

        await visit.GoInteractiveAsync("/kpis/import");
        await page.GetByLabel("Rows", new() { Exact = true }).FillAsync($"kpi,period,value\nmlops-nothing,{months[0]},1\n{Models},{months[^1]},46");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Faults by row" })).ToContainTextAsync("There is no KPI");
        await page.GetByLabel("Rows", new() { Exact = true }).FillAsync($"kpi,period,value\nmlops-cost-savings,{months[^1]},2100000\nmlops-cost-savings,{months[^2]},1900000\n{Models},{months[^1]},46");
        await page.GetByLabel("Note for rows without one").FillAsync("Counted again");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await Expect(page.GetByText("2 new")).ToBeVisibleAsync();
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("kpi-import");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it in" }).ClickAsync();
        await Expect(page.GetByText("2 values added, 1 corrected")).ToBeVisibleAsync();

        await visit.GoInteractiveAsync($"/executive?month={months[^1]}");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "High-level KPIs", Exact = true }).GetByRole(AriaRole.Row).Filter(new() { HasText = "Annual cost savings" })).ToContainTextAsync("$2.1 M");
        await visit.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Present" }).ClickAsync();
        var stage = page.GetByRole(AriaRole.Dialog, new() { Name = "Presentation" });
        await Expect(stage).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(stage.GetByRole(AriaRole.Heading)).ToHaveTextAsync("High-level KPIs");
        await visit.AssertAccessibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(stage).ToBeHiddenAsync();

        await visit.GoInteractiveAsync("/reports");
        await page.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).ClickAsync();
        var subscribe = page.GetByRole(AriaRole.Dialog, new() { Name = "Subscribe to board reports" });
        await subscribe.GetByLabel("Name or role").FillAsync("Board office");
        await subscribe.GetByLabel("E-mail address").FillAsync("board@example.org");
        await subscribe.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).ClickAsync();
        await Expect(page.GetByText("board@example.org")).ToBeVisibleAsync();
    }

    private static async Task LookAsync(Visit visit, string month)
    {
        var page = visit.Page;
        await visit.GoInteractiveAsync("/kpis");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Models deployed" })).ToBeVisibleAsync();
        await visit.AssertAccessibleAsync();
        await visit.AssertNoSidewaysScrollAsync();
        await visit.ScreenshotAsync("kpis");
        await visit.GoInteractiveAsync($"/kpis/{Models}");
        await Expect(page.GetByText("Counted again")).ToBeVisibleAsync();
        await visit.AssertAccessibleAsync();
        await visit.AssertNoSidewaysScrollAsync();
        await visit.ScreenshotAsync("kpi");
        await visit.GoInteractiveAsync($"/executive?month={month}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Investment tracking" })).ToBeVisibleAsync();
        await visit.AssertNoSidewaysScrollAsync();
        await visit.ScreenshotAsync("executive-blocks");
        await visit.GoInteractiveAsync("/reports");
        await Expect(page.GetByText("Board office")).ToBeVisibleAsync();
        await visit.AssertAccessibleAsync();
        await visit.AssertNoSidewaysScrollAsync();
        await visit.GoInteractiveAsync("/kpis/nothing-of-it");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No such KPI" })).ToBeVisibleAsync();
        visit.Tolerate("404");
    }
}
