using Microsoft.Playwright;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Agreements;

public sealed class AgreementsTests(Rig rig)
{
    private static readonly SloDefinition Uptime = new()
    {
        Id = "shop/checkout/uptime",
        SliId = "shop/checkout/availability",
        Name = "Checkout uptime",
        Platform = "shop",
        Service = "checkout",
        Kind = SliKind.Ratio,
        Target = 0.9999m,
        Budgeting = BudgetingMethod.Timeslices,
        TimeSliceTarget = 0.95m,
        Window = SloWindow.CalendarMonth,
        AlertRules = [],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Agreement_MadeFromATier_StatesItsMonthsAndWhatIsAhead()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        var now = TimeProvider.System.GetUtcNow();
        var month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var first = month.AddMonths(-2);
        await app.PlantAsync(Uptime, first);
        // Two months back nineteen minutes were down; that month is closed on any day of this one.
        var outage = TimeIndex.MinuteOf(first.AddDays(9).ToUnixTimeMilliseconds());
        await app.WriteHistoryAsync(Uptime.SliId, first, now, minute => MinuteCell.OfEvents(minute >= outage && minute < outage + 19 ? 0 : 100, 100));
        await app.JudgeAsync(Uptime.Id, Token);
        var closed = first.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            var page = visit.Page;
            await visit.GoInteractiveAsync("/agreements");
            await page.GetByRole(AriaRole.Button, new() { Name = "Add customer" }).ClickAsync();
            var form = page.GetByRole(AriaRole.Dialog, new() { Name = "Add a customer" });
            await form.GetByRole(AriaRole.Button, new() { Name = "Save customer" }).ClickAsync();
            await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("A name as it is to stand on statements.");
            await form.GetByLabel("Name").FillAsync("Northwind");
            await form.GetByRole(AriaRole.Button, new() { Name = "Save customer" }).ClickAsync();
            await Expect(form).ToBeHiddenAsync();

            await visit.GoInteractiveAsync("/agreements/new");
            await page.GetByText("Begin from a tier").ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Enterprise, 99.99%" }).ClickAsync();
            await Expect(page.GetByLabel("Promised uptime of a month")).ToHaveValueAsync("99.99");
            await page.GetByRole(AriaRole.Button, new() { Name = "Unbind agent-mesh/platform/uptime-enterprise" }).ClickAsync();
            await page.GetByLabel("Bind an objective").SelectOptionAsync(Uptime.Id);
            await page.GetByLabel("Customer").SelectOptionAsync("northwind");
            await page.GetByLabel("Monthly fee").FillAsync("42000");
            await page.GetByLabel("Holds from").FillAsync(first.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            await visit.AssertAccessibleAsync();
            await visit.ScreenshotAsync("agreement-form");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save agreement" }).ClickAsync();

            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Northwind, Enterprise agreement");
            await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = closed })).ToContainTextAsync("10 % credit (USD 4,200)");
            await visit.AssertAccessibleAsync();
            await visit.ScreenshotAsync("agreement");

            await page.GetByRole(AriaRole.Link, new() { Name = closed, Exact = true }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Statement, ");
            await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Intervals of downtime" }).GetByText("19 m 00 s")).ToBeVisibleAsync();
            await visit.AssertAccessibleAsync();
            await visit.ScreenshotAsync("statement");

            await visit.GoInteractiveAsync("/executive");
            await Expect(page.GetByText("minutes of downtime left before a 10 % credit (USD 4,200)")).ToBeVisibleAsync();
        });
        await rig.Browser.VisitAsync(
            app.Url,
            async visit =>
            {
                await visit.GoInteractiveAsync("/agreements");
                await Expect(visit.Page.GetByText("No credit is due so far.")).ToBeVisibleAsync();
                await visit.AssertAccessibleAsync();
                await visit.AssertNoSidewaysScrollAsync();
                await visit.ScreenshotAsync("agreements");
                await visit.GoInteractiveAsync($"/agreements/northwind-enterprise-agreement/{closed}");
                await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "What it was counted from" })).ToBeVisibleAsync();
                await visit.AssertAccessibleAsync();
                await visit.AssertNoSidewaysScrollAsync();
                await visit.ScreenshotAsync("statement");
            },
            Screen.PhoneDark);
    }
}
