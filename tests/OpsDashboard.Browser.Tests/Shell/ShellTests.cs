using OpsDashboard.Testing.Browsing;

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

            Assert.EndsWith("OpsDashboard", await visit.Page.TitleAsync(), StringComparison.Ordinal);
            await visit.AssertAccessibleAsync();
            await visit.AssertNoSidewaysScrollAsync();
        },
        Screen.All.Single(item => item.Name == screen));
}
