using Microsoft.Playwright;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;

namespace OpsDashboard.Browser.Tests.Dashboards;

/// <summary>One program with two months of history, in which one service was down for an hour this month.</summary>
public sealed class HistoryApp : IAsyncLifetime
{
    public InProcessApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await InProcessApp.StartAsync(CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        var uptime = Seeding.Availability("shop", "checkout", "uptime", 0.9995m) with
        {
            Budgeting = BudgetingMethod.Timeslices,
            TimeSliceTarget = 0.95m,
            Window = SloWindow.CalendarMonth,
            Clauses = [new Clause("Agreement of the shop", "1 Uptime", "99.95 % a month")],
        };
        var search = Seeding.Availability("shop", "search", "availability");
        var latency = search with
        {
            Id = "shop/search/latency",
            SliId = "shop/search/latency",
            Name = "latency",
            Kind = SliKind.Latency,
            Threshold = new Threshold(Comparison.LessThan, 200m),
        };
        await App.SeedAsync(uptime, search, latency);
        // The first day of the month would leave no room for an hour of downtime before now.
        var down = (int)(now.AddHours(-2).ToUnixTimeSeconds() / 60);
        await App.WriteHistoryAsync(uptime.SliId, now.AddDays(-62), now, minute => MinuteCell.OfEvents(minute >= down && minute < down + 60 ? 0 : 100, 100));
        await App.WriteHistoryAsync(search.SliId, now.AddDays(-62), now, _ => MinuteCell.OfEvents(9_999, 10_000));
        await App.WriteHistoryAsync(latency.SliId, now.AddDays(-3), now, minute => MinuteCell.OfLatencies(Of(minute < now.AddDays(-1).ToUnixTimeSeconds() / 60 ? 60 : 120)));
        await App.TellRewrittenAsync(uptime.SliId, search.SliId, latency.SliId);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private static LatencyHistogram Of(decimal milliseconds)
    {
        var histogram = new LatencyHistogram();
        histogram.Add(milliseconds, 50);
        return histogram;
    }
}

/// <summary>The executive and the development page, read as their users would.</summary>
public sealed class MonthsTests(Rig rig, HistoryApp history) : IClassFixture<HistoryApp>
{
    public static TheoryData<string> Screens => [.. Screen.All.Select(screen => screen.Name)];

    [Theory]
    [MemberData(nameof(Screens))]
    public Task Executive_MonthWithABreach_SaysItInWordsAndInTheTable(string screen) => VisitAsync(
        async visit =>
        {
            await visit.GoInteractiveAsync("/executive?platform=shop");
            await Assertions.Expect(visit.Page.Locator(".page-answer")).ToContainTextAsync("2 of 3 objectives keep within budget.");
            await Assertions.Expect(visit.Page.GetByText("uptime of checkout came to")).ToContainTextAsync("1 h 0 m bad where");
            await Assertions.Expect(visit.Page.GetByText("99.95 % a month")).ToBeVisibleAsync();
            await visit.AssertNoSidewaysScrollAsync();
            await visit.AssertAccessibleAsync();
        },
        screen);

    [Fact]
    public Task Executive_CellOfAService_DrillsDownAndBackByTheUrl() => VisitAsync(
        async visit =>
        {
            await visit.GoInteractiveAsync("/executive?platform=shop");
            await visit.Page.GetByRole(AriaRole.Region, new() { Name = "Compliance by month, table" })
                .GetByRole(AriaRole.Row, new() { Name = "search" })
                .GetByRole(AriaRole.Link).Last.ClickAsync();
            await Assertions.Expect(visit.Page.Locator(".page-answer")).ToContainTextAsync("2 of 2 objectives keep within budget.");
            await Assertions.Expect(visit.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("service=shop%2Fsearch"));
            await visit.Page.GoBackAsync();
            await Assertions.Expect(visit.Page.Locator(".page-answer")).ToContainTextAsync("2 of 3 objectives keep within budget.");
            await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Month before" }).ClickAsync();
            await Assertions.Expect(visit.Page.Locator(".page-answer")).ToContainTextAsync("2 of 2 objectives");
        },
        Screen.Desktop.Name);

    [Theory]
    [MemberData(nameof(Screens))]
    public Task Development_ServiceSlowerThanTheDayBefore_ShowsTheChange(string screen) => VisitAsync(
        async visit =>
        {
            await visit.GoInteractiveAsync("/development?span=24h");
            await Assertions.Expect(visit.Page.Locator(".page-answer")).ToContainTextAsync("1 of 1 services are slower");
            var latency = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Latency by service" });
            await Assertions.Expect(latency).ToContainTextAsync("search");
            await Assertions.Expect(latency).ToContainTextAsync("+100.0 %");
            await visit.AssertNoSidewaysScrollAsync();
            await visit.AssertAccessibleAsync();
        },
        screen);

    private Task VisitAsync(Func<Visit, Task> steps, string screen) =>
        rig.Browser.VisitAsync(history.App.Url, steps, Screen.All.Single(item => item.Name == screen));
}
