using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Demo;

/// <summary>
/// The program as the README's first command starts it. Development checks the lifetimes of all services, so a fault may show
/// here alone.
/// </summary>
public sealed class DevelopmentTests(Rig rig)
{
    [Fact]
    public async Task EveryPlace_InDevelopmentWithTheDemo_OpensWithoutAFault()
    {
        await using var app = await AppProcess.StartAsync(
            new AppProcessOptions
            {
                Environment = "Development",
                Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Demo__Enabled"] = "true", ["Demo__HistoryDays"] = "2" },
            },
            TestContext.Current.CancellationToken);
        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            await visit.GoInteractiveAsync("/");
            var places = await visit.Page.Locator("nav a[href^='/']:not([target])").EvaluateAllAsync<string[]>("links => [...new Set(links.map(link => link.getAttribute('href')))]");
            Assert.Contains("/slos", places);
            foreach (var place in places)
            {
                await visit.GoInteractiveAsync(place);
                await Expect(visit.Page.Locator("h1").First).ToBeVisibleAsync();
                await Expect(visit.Page.Locator(".skeleton-region")).ToHaveCountAsync(0);
                await Expect(visit.Page.Locator(".fault")).ToHaveCountAsync(0);
            }
        });
        var faults = app.Output.Split('\n').Where(line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal));
        var told = string.Join('\n', faults);
        Assert.True(told.Length == 0, told);
    }
}
