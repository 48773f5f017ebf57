using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Shell;

public sealed class KeyboardTests(Rig rig)
{
    [Fact]
    public async Task Help_QuestionMark_OpensAndEscGivesTheFocusBack() => await rig.VisitAsync(async visit =>
    {
        await visit.GoInteractiveAsync("/");
        var search = visit.Page.Locator(".topbar-search");
        await search.FocusAsync();

        await visit.Page.Keyboard.PressAsync("?");
        var help = visit.Page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "Keyboard" });
        await Expect(help).ToBeVisibleAsync();
        await visit.AssertAccessibleAsync();

        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(help).ToBeHiddenAsync();
        await Expect(search).ToBeFocusedAsync();
    });

    [Fact]
    public async Task Go_GThenE_GoesWithinTheCircuit() => await rig.VisitAsync(async visit =>
    {
        await visit.GoInteractiveAsync("/");
        await visit.Page.EvaluateAsync("window.sameDocument = true");

        await visit.Page.Keyboard.PressAsync("g");
        await visit.Page.Keyboard.PressAsync("e");

        await visit.Page.WaitForURLAsync("**/executive");
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.sameDocument === true"));
    });

    [Fact]
    public async Task Palette_TypedName_GoesToTheBestMatch() => await rig.VisitAsync(async visit =>
    {
        await visit.GoInteractiveAsync("/");

        await visit.Page.Keyboard.PressAsync("Control+k");
        var input = visit.Page.GetByRole(AriaRole.Combobox, new PageGetByRoleOptions { Name = "Page, service or objective" });
        await Expect(input).ToBeFocusedAsync();
        await visit.Page.Keyboard.TypeAsync("devel");
        await Expect(visit.Page.GetByRole(AriaRole.Option, new PageGetByRoleOptions { Selected = true })).ToContainTextAsync("Development");
        await visit.AssertAccessibleAsync();

        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/development");
    });

    [Fact]
    public async Task Theme_ChosenDark_IsThereBeforeTheNextFirstPaint() => await rig.VisitAsync(async visit =>
    {
        await visit.GoInteractiveAsync("/");

        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Dark" }).ClickAsync();
        await visit.Page.ReloadAsync(new PageReloadOptions { WaitUntil = WaitUntilState.Commit });

        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(visit.Page.Locator("html")).ToHaveCSSAsync("color-scheme", "dark");
        await visit.AssertAccessibleAsync();
    });
}
