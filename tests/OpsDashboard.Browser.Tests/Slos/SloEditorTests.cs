using Microsoft.Playwright;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;

namespace OpsDashboard.Browser.Tests.Slos;

public sealed class SloEditorTests(Rig rig) : IAsyncLifetime
{
    private const string PagePath = "/slos/shop/checkout/availability";

    private InProcessApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await SloStory.BeginAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public Task Target_SteppedByArrows_FollowsTheLadderAndTheWhatIfFollows() => VisitAsync(async visit =>
    {
        await OpenAsync(visit);
        var target = visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "Target", Exact = true });

        foreach (var rung in new[] { "99.5", "99.9", "99.95", "99.99", "99.99" })
        {
            await target.PressAsync("ArrowUp");
            await Assertions.Expect(target).ToHaveValueAsync(rung);
        }

        await Assertions.Expect(Row(visit, "State")).ToContainTextAsync("Breached");
        await Assertions.Expect(Row(visit, "State")).ToHaveAttributeAsync("data-trend", "worse");
        await Assertions.Expect(Row(visit, "Budget left").Locator(".compare-reason")).ToContainTextAsync("spent");
        await target.PressAsync("ArrowDown");
        await Assertions.Expect(target).ToHaveValueAsync("99.95");
        Assert.Equal(1, await VersionAsync());
    });

    [Fact]
    public Task Faults_OfAField_AppearWhenItIsLeftAndGoAsOneTypes() => VisitAsync(async visit =>
    {
        await OpenAsync(visit);
        var target = visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "Target", Exact = true });
        var error = visit.Page.Locator("#f-target-error");

        await target.FillAsync("100");
        await Assertions.Expect(error).ToBeEmptyAsync();
        await target.PressAsync("Tab");
        await Assertions.Expect(error).ToContainTextAsync("below 1");
        await target.FillAsync("99.9");
        await Assertions.Expect(error).ToBeEmptyAsync();
        await target.FillAsync("99.");
        await target.PressAsync("Control+Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say why");
    });

    [Fact]
    public Task Save_ByKeyboard_LeadsToThePageWithTheNewTargetAndItsHistory() => VisitAsync(async visit =>
    {
        await OpenAsync(visit);
        await visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "Target", Exact = true }).FillAsync("99.5");
        await visit.Page.GetByLabel("Reason").FillAsync("Customers asked for it");

        await visit.Page.GetByLabel("Reason").PressAsync("Control+Enter");

        await Assertions.Expect(visit.Page).ToHaveURLAsync($"{_app.Url}{PagePath}");
        var history = visit.Page.GetByRole(AriaRole.Region, new() { Name = "History of targets" });
        await Assertions.Expect(history).ToContainTextAsync("Target: 99 % → 99.5 %");
        await Assertions.Expect(history).ToContainTextAsync("local user: Customers asked for it");
        await Assertions.Expect(visit.Page.Locator(".page-answer")).ToContainTextAsync("target of 99.5 %");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Take back" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "Target", Exact = true })).ToHaveValueAsync("99");
        await Assertions.Expect(visit.Page.GetByLabel("Reason")).ToHaveValueAsync("Back to version 1");
    });

    [Fact]
    public Task Leaving_WithUnsavedChanges_Asks() => VisitAsync(async visit =>
    {
        await OpenAsync(visit);
        await visit.Page.GetByLabel("Name").FillAsync("Another name");
        await Assertions.Expect(visit.Page.Locator("form[data-guard=dirty]")).ToBeVisibleAsync();

        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.Keyboard.PressAsync("Escape");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Keep editing" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("Name")).ToHaveValueAsync("Another name");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Leave", Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Discard changes" }).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync($"{_app.Url}{PagePath}");
    });

    [Fact]
    public Task TwoEditors_AtOnce_TheSecondSeesWhoChangedWhatAndLosesNothing() => VisitAsync(first => VisitAsync(async second =>
    {
        await OpenAsync(first);
        await OpenAsync(second);
        await second.Page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("Checkout, all regions");
        await second.Page.GetByRole(AriaRole.Textbox, new() { Name = "Target", Exact = true }).FillAsync("99.9");
        await first.Page.GetByRole(AriaRole.Textbox, new() { Name = "Target", Exact = true }).FillAsync("99.5");
        await first.Page.GetByRole(AriaRole.Textbox, new() { Name = "Minimum events", Exact = true }).FillAsync("50");
        await first.Page.GetByLabel("Reason").FillAsync("First");

        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Save version 2" }).ClickAsync();

        var conflict = second.Page.Locator("section[role=alert]");
        await Assertions.Expect(conflict).ToContainTextAsync("local user changed this objective");
        var target = conflict.GetByRole(AriaRole.Row, new() { Name = "Target" });
        await Assertions.Expect(target).ToContainTextAsync("99.5 %");
        await Assertions.Expect(target).ToContainTextAsync("99.9 %");
        await Assertions.Expect(target.GetByRole(AriaRole.Button, new() { Name = "Yours" })).ToHaveAttributeAsync("aria-pressed", "true");
        await second.AssertAccessibleAsync();
        await second.ScreenshotAsync("slo-conflict");
        await conflict.GetByRole(AriaRole.Button, new() { Name = "Merge as chosen" }).ClickAsync();
        await Assertions.Expect(conflict).ToBeHiddenAsync();
        await Assertions.Expect(second.Page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true })).ToHaveValueAsync("Checkout, all regions");
        await Assertions.Expect(second.Page.GetByRole(AriaRole.Textbox, new() { Name = "Target", Exact = true })).ToHaveValueAsync("99.9");
        await Assertions.Expect(second.Page.GetByRole(AriaRole.Textbox, new() { Name = "Minimum events", Exact = true })).ToHaveValueAsync("50");
        await second.Page.GetByLabel("Reason").FillAsync("Second");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Save version 3" }).ClickAsync();
        await Assertions.Expect(second.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Checkout, all regions");
        Assert.Equal(3, await VersionAsync());
    }));

    private static async Task OpenAsync(Visit visit)
    {
        await visit.GoInteractiveAsync($"{PagePath}/edit");
        await Assertions.Expect(visit.Page.Locator("[data-what-if=ready]")).ToBeVisibleAsync();
    }

    private static ILocator Row(Visit visit, string label) => visit.Page.Locator($".compare tbody tr:has(th:text-is('{label}'))");

    private async Task<int> VersionAsync()
    {
        var terms = await _app.Http.GetStringAsync($"/api/v1{PagePath}/terms", TestContext.Current.CancellationToken);
        return System.Text.Json.JsonDocument.Parse(terms).RootElement.GetProperty("version").GetInt32();
    }

    private Task VisitAsync(Func<Visit, Task> steps, Screen? screen = null) => rig.Browser.VisitAsync(_app.Url, steps, screen);
}
