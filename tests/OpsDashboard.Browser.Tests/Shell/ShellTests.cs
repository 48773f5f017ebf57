using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Shell;

public sealed class ShellTests(Rig rig)
{
    public static TheoryData<string> Screens => [.. Screen.All.Select(screen => screen.Name)];

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Start_OnEveryScreen_IsInteractiveAccessibleAndQuiet(string screen) => await rig.VisitAsync(
        async visit =>
        {
            await visit.GoInteractiveAsync("/");

            await Expect(visit.Page).ToHaveTitleAsync(new Regex("OpsDashboard$"));
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToBeVisibleAsync();
            await visit.AssertAccessibleAsync();
            await visit.AssertNoSidewaysScrollAsync();
        },
        Screen.All.Single(item => item.Name == screen));

    [Fact]
    public async Task Theme_CookieChosen_IsInTheFirstAnswer()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Cookie", "ops-theme=dark");

        using var answer = await rig.App.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Contains("data-theme=\"dark\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SkipLink_Followed_LeadsToTheContent() => await rig.VisitAsync(async visit =>
    {
        await visit.GoInteractiveAsync("/");
        var skip = visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Skip to content" });

        await skip.FocusAsync();
        await Expect(skip).ToBeInViewportAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(visit.Page).ToHaveURLAsync(new Regex("#main"));
    });

    [Fact]
    public async Task Accessibility_OfAPageWithAPictureWithoutText_IsFoundWanting() => await rig.VisitAsync(async visit =>
    {
        await visit.GoInteractiveAsync("/slos");
        await visit.Page.EvaluateAsync("() => document.querySelector('main').append(document.createElement('img'))");

        var fault = await Assert.ThrowsAsync<BrowserFaultException>(visit.AssertAccessibleAsync);

        Assert.Contains("image-alt", fault.Message, StringComparison.Ordinal);
    });
}
