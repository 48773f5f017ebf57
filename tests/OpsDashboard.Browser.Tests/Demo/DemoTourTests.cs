using System.Text.Json;
using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Demo;

/// <summary>One program that has told its demo's history.</summary>
public sealed class ToldDemo : IAsyncLifetime
{
    private const int Objectives = 75;

    public AppProcess App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await AppProcess.StartAsync(
            new AppProcessOptions { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Demo__Enabled"] = "true" } },
            CancellationToken.None);
        await Eventually.TrueAsync(IsToldAsync, CancellationToken.None, TimeSpan.FromSeconds(120));
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private async Task<bool> IsToldAsync()
    {
        using var page = JsonDocument.Parse(await App.Http.GetStringAsync("/api/v1/slos?limit=500"));
        var states = page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("state").GetString()).ToList();
        return states.Count == Objectives && states.Count(state => state == "healthy") > 50;
    }
}

/// <summary>What a newcomer sees over the demo's story on every screen, and what the README shows of it.</summary>
public sealed class DemoTourTests(Rig rig, ToldDemo demo) : IClassFixture<ToldDemo>
{
    private const string Breached = "/slos/mlops/model-serving-api/uptime";

    [Fact]
    public Task Objective_BreachedByTheStory_ExplainsItselfInTheDark() => VisitAsync(
        Screen.DesktopDark,
        async visit =>
        {
            await visit.GoInteractiveAsync(Breached);
            await Expect(visit.Page.Locator(".page-answer")).ToContainTextAsync("Breached");
            await Expect(visit.Page.Locator(".apexcharts-series path").First).ToBeVisibleAsync();
            await visit.ScreenshotAsync("slo", fullPage: false);
            await visit.AssertAccessibleAsync();
        });

    [Fact]
    public Task Editor_OfTheStorysObjective_ShowsBeforeAndAfter() => VisitAsync(
        Screen.Desktop,
        async visit =>
        {
            await visit.GoInteractiveAsync($"{Breached}/edit");
            await visit.Page.GetByLabel("Target", new PageGetByLabelOptions { Exact = false }).First.FillAsync("99.5");
            await Expect(visit.Page.Locator("table.compare")).ToContainTextAsync("3 h 36 m");
            await visit.ScreenshotAsync("slo-editor", fullPage: false);
            await visit.AssertAccessibleAsync();
        });

    [Fact]
    public Task Executive_OverTheStory_NamesTheBreachAndTheMonthThatEarnedACredit() => VisitAsync(
        Screen.Desktop,
        async visit =>
        {
            await visit.GoInteractiveAsync("/executive");
            await Expect(visit.Page.GetByText("Model Serving API uptime of model-serving-api came to")).ToBeVisibleAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Compliance by month, table" })).ToContainTextAsync("27/29");
            await visit.ScreenshotAsync("executive", fullPage: false);
            await visit.AssertAccessibleAsync();
        });

    [Theory]
    [InlineData("/")]
    [InlineData("/slos")]
    [InlineData("/development")]
    [InlineData("/catalog")]
    [InlineData("/sources")]
    [InlineData("/maintenance")]
    public Task Screen_OnAPhoneInTheDark_IsAccessibleAndStandsStill(string path) => VisitAsync(
        Screen.PhoneDark,
        async visit =>
        {
            await visit.GoInteractiveAsync(path);
            await Expect(visit.Page.GetByRole(AriaRole.Note, new PageGetByRoleOptions { Name = "Demo data" })).ToBeVisibleAsync();
            await visit.AssertNoSidewaysScrollAsync();
            await visit.AssertAccessibleAsync();
        });

    private Task VisitAsync(Screen screen, Func<Visit, Task> steps) => rig.Browser.VisitAsync(demo.App.Url, steps, screen);
}
