using Microsoft.Playwright;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Identity;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OpsDashboard.Browser.Tests.Accounts;

/// <summary>From the set-up link to an invited person, as people do it.</summary>
public sealed class AccountTests(Rig rig)
{
    private const string Password = "seven green kettles on a roof";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NewInstance_SetUpByTheLink_GetsAnAdministratorASecondFactorAndAnInvitedPerson()
    {
        await using var app = await StartAsync();
        var link = await app.SetUpLinkAsync(Token);
        await rig.Browser.VisitAsync(app.Url, async visit =>
        {
            visit.Tolerate("422 (Unprocessable");
            visit.Tolerate("404 (Not Found)");
            var page = visit.Page;
            await page.GotoAsync("/");
            await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in\\?back="));
            await visit.AssertAccessibleAsync();
            await visit.ScreenshotAsync("sign-in");

            // By the keyboard alone, and without a circuit.
            await page.GotoAsync(link);
            await visit.AssertAccessibleAsync();
            await Expect(page.GetByLabel("Name")).ToBeFocusedAsync();
            await page.Keyboard.TypeAsync("Ada");
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.TypeAsync("ada@example.test");
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.TypeAsync("passwordpassword");
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("one of the first that are tried");
            await visit.AssertAccessibleAsync();
            await page.GetByLabel("New password").FillAsync(Password);
            await page.Keyboard.PressAsync("Enter");

            // The role asks for a second factor before anything else.
            await page.WaitForURLAsync("**/account/second-factor");
            await visit.AssertAccessibleAsync();
            await visit.ScreenshotAsync("second-factor");
            var secret = Decode(await page.Locator("#totp-key").TextContentAsync());
            await page.GetByLabel("Code the app shows").FillAsync("000000");
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("not the code of now");
            await EnterAsync(page.GetByLabel("Code the app shows"), secret, 0);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Recovery codes");
            await visit.AssertAccessibleAsync();
            var codes = await page.Locator(".entry-codes code").AllTextContentsAsync();
            Assert.Equal(10, codes.Count);
            await page.GotoAsync(link);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("This link does nothing any more");

            await visit.GoInteractiveAsync("/people");
            await visit.AssertAccessibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Invite somebody" }).ClickAsync();
            var form = page.GetByRole(AriaRole.Dialog, new() { Name = "Invite somebody" });
            await form.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
            await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose at least one role.");
            await form.GetByLabel("Name").FillAsync("Grace");
            await form.GetByLabel("E-mail").FillAsync("grace@example.test");
            await form.GetByLabel("Auditor").CheckAsync();
            await visit.AssertAccessibleAsync();
            await visit.ScreenshotAsync("invite");
            await form.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
            var invitation = (await page.Locator("#one-time-link").TextContentAsync())!.Trim();
            await page.GetByRole(AriaRole.Button, new() { Name = "I have copied it" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "grace@example.test" })).ToContainTextAsync("invited");
            await visit.ScreenshotAsync("people");

            await rig.Browser.VisitAsync(app.Url, guest => AcceptAsync(guest, visit, invitation), Screen.PhoneDark, role: null);

            // A recovery code stands in for the app, once.
            await page.GetByLabel("Signed in as Ada").ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
            // The form leads there, and so does the circuit, which loses its session at the same time.
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");
            await page.GotoAsync("/sign-in");
            await SignInAsync(page, "ada@example.test");
            await page.GetByLabel("Code").FillAsync(codes[0]);
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForURLAsync(app.Url + "/");
            await page.GotoAsync("/account");
            await Expect(page.GetByText("9 recovery codes left")).ToBeVisibleAsync();
            await visit.AssertAccessibleAsync();
            await visit.ScreenshotAsync("account");
        }, role: null);
    }

    [Fact]
    public async Task Passkey_AddedAndUsed_SignsInWithoutAPassword()
    {
        await using var app = await StartAsync();
        var link = await app.SetUpLinkAsync(Token);
        // Passkeys belong to a name: an address of figures has none.
        await rig.Browser.VisitAsync(app.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), async visit =>
        {
            var page = visit.Page;
            var devices = await page.Context.NewCDPSessionAsync(page);
            await devices.SendAsync("WebAuthn.enable");
            await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
            {
                ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
            });
            await page.GotoAsync(link);
            await page.GetByLabel("Name").FillAsync("Ada");
            await page.GetByLabel("E-mail").FillAsync("ada@example.test");
            await page.GetByLabel("New password").FillAsync(Password);
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForURLAsync("**/account/second-factor");

            await page.GetByLabel("Name of this passkey").FillAsync("Work laptop");
            await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
            await page.WaitForURLAsync("**/account");
            await Expect(page.GetByText("Passkey: Work laptop")).ToBeVisibleAsync();
            // Two factors in one: nothing more is asked of the role.
            await Expect(page.GetByText("Your role asks for a second factor")).ToHaveCountAsync(0);

            await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
            await page.WaitForURLAsync("**/sign-in");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main", Exact = true })).ToBeVisibleAsync();
            await page.GotoAsync("/account/confirm?back=/account");
            await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
            await page.WaitForURLAsync("**/account");
        }, role: null);
    }

    [Fact]
    public async Task Circuit_OfSomebodyWhoLosesARole_LosesItTooAndEndsWithTheAccount()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        await app.ReadyAsync(Token);
        await app.SignInAsync();
        await rig.Browser.VisitAsync(app.Url, admin => rig.Browser.VisitAsync(app.Url, async visit =>
        {
            await visit.GoInteractiveAsync("/incidents");
            await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Open an incident" })).ToBeVisibleAsync();
            await admin.GoInteractiveAsync("/people");
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Change Responder" }).ClickAsync();
            var form = admin.Page.GetByRole(AriaRole.Dialog, new() { Name = "Change Responder" });
            await form.GetByLabel("Auditor").CheckAsync();
            await form.GetByLabel("Responder").UncheckAsync();
            await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(form).ToBeHiddenAsync();

            await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Audit trail" })).ToBeVisibleAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Open an incident" })).ToHaveCountAsync(0);

            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Lock Responder" }).ClickAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");
        }, role: Role.Responder));
    }

    private static Task<AppProcess> StartAsync() => AppProcess.StartAsync(
        new AppProcessOptions { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Accounts__SecondFactor"] = "" } },
        Token);

    private static async Task AcceptAsync(Visit guest, Visit admin, string invitation)
    {
        var page = guest.Page;
        await page.GotoAsync(invitation);
        await guest.AssertAccessibleAsync();
        await guest.AssertNoSidewaysScrollAsync();
        await guest.ScreenshotAsync("invitation");
        await page.GetByLabel("New password").FillAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        // An auditor changes nothing and needs no second factor; what they may not do is not there.
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main, on a phone" })).ToBeVisibleAsync();
        await page.GotoAsync("/account");
        await guest.AssertAccessibleAsync();
        await guest.AssertNoSidewaysScrollAsync();
        await guest.ScreenshotAsync("account-phone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await guest.AssertAccessibleAsync();
        await guest.AssertNoSidewaysScrollAsync();
        await guest.ScreenshotAsync("sign-in-phone");
        await Expect(admin.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "grace@example.test" })).Not.ToContainTextAsync("invited");
    }

    private static async Task SignInAsync(IPage page, string email)
    {
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/sign-in/code**");
    }

    // A code at the end of its half minute may be late when it arrives; the server takes the one before as well.
    private static async Task EnterAsync(ILocator field, byte[] secret, int later)
    {
        await field.FillAsync(Totp.CodeAt(secret, Totp.StepAt(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()) + later));
        await field.PressAsync("Enter");
    }

    private static byte[] Decode(string? grouped)
    {
        var bits = string.Concat(grouped!.Where(char.IsAsciiLetterOrDigit).Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(index => Convert.ToByte(bits.Substring(index * 8, 8), 2))];
    }
}
