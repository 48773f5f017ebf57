using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Slos;

public sealed class MaintenancePageTests(Rig rig)
{
    public static TheoryData<string> Screens => [.. Screen.All.Select(screen => screen.Name)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Window_PlannedAndCancelled_ComesAndGoesOnEveryOpenPage()
    {
        await using var app = await AppProcess.StartAsync(cancellationToken: Token);
        await rig.Browser.VisitAsync(app.Url, watcher => rig.Browser.VisitAsync(app.Url, async visit =>
        {
            await watcher.GoInteractiveAsync("/maintenance");
            await visit.GoInteractiveAsync("/maintenance");
            await Expect(visit.Page.GetByText("Nothing is planned")).ToBeVisibleAsync();

            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Plan maintenance" }).ClickAsync();
            var form = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Plan maintenance" });
            await form.GetByLabel("Platform").SelectOptionAsync("mlops");
            var start = TimeProvider.System.GetUtcNow().AddDays(3);
            await form.GetByLabel("Start (UTC)").FillAsync(Local(start));
            await form.GetByLabel("End (UTC)").FillAsync(Local(start.AddHours(2)));
            await visit.AssertAccessibleAsync();
            await form.GetByLabel("What is done").PressSequentiallyAsync("New disks");
            await visit.Page.Keyboard.PressAsync("Control+Enter");

            await Expect(form).ToBeHiddenAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "New disks" })).ToContainTextAsync("all of mlops");
            await Expect(watcher.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "New disks" })).ToBeVisibleAsync();
            await visit.AssertAccessibleAsync();
            await visit.ScreenshotAsync("maintenance");

            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel New disks" }).ClickAsync();
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel the window" }).ClickAsync();
            await Expect(visit.Page.GetByText("Nothing is planned")).ToBeVisibleAsync();
            await Expect(watcher.Page.GetByText("Nothing is planned")).ToBeVisibleAsync();
        }));
    }

    [Fact]
    public async Task Form_WithWrongFields_SaysWhatIsWrongBesideThem() => await rig.VisitAsync(async visit =>
    {
        await visit.GoInteractiveAsync("/maintenance");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Plan maintenance" }).ClickAsync();
        var form = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Plan maintenance" });
        await form.GetByRole(AriaRole.Button, new() { Name = "Plan", Exact = true }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("2 fields need other values");

        var past = TimeProvider.System.GetUtcNow().AddDays(-1);
        await form.GetByLabel("Start (UTC)").FillAsync(Local(past));
        await form.GetByLabel("End (UTC)").FillAsync(Local(past.AddHours(-1)));
        await form.GetByRole(AriaRole.Button, new() { Name = "Plan", Exact = true }).ClickAsync();

        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("4 fields need other values");
        await Expect(form.Locator("#maintenance-start-error")).ToContainTextAsync("must lie in the future");
        await Expect(form.GetByLabel("End (UTC)")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(form.Locator("#maintenance-platform-error")).ToContainTextAsync("Choose a platform");
        await visit.AssertAccessibleAsync();
    });

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Page_OnEveryScreen_IsAccessibleAndFits(string screen) => await rig.VisitAsync(
        async visit =>
        {
            await visit.GoInteractiveAsync("/maintenance");
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Running and planned" })).ToBeVisibleAsync();
            await visit.AssertAccessibleAsync();
            await visit.AssertNoSidewaysScrollAsync();
        },
        Screen.All.Single(item => item.Name == screen));

    private static string Local(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
