using Microsoft.Playwright;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Testing.Browsing;

/// <summary>
/// One Chromium for many visits. It is the distribution's own, found in the usual places or by <c>CHROMIUM_PATH</c>;
/// nothing is downloaded.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] UsualPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-color-profile=srgb",
    ];

    private static readonly float Patience = (float)Eventually.Patience.TotalMilliseconds;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<Browser> LaunchAsync()
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_DRIVER_SEARCH_PATH", Repository.PlaywrightPackage);
        // As long as actions may take: a busy machine is no fault of the page.
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = FindChromium(),
            Args = Flags,
        });
        return new Browser(playwright, browser);
    }

    /// <summary>
    /// Opens a fresh profile, runs the steps, and fails on any console error, page error or policy violation that the
    /// steps did not announce with <see cref="Visit.Tolerate"/>.
    /// </summary>
    /// <param name="role">As whom; null: nobody is signed in.</param>
    public async Task VisitAsync(string baseUrl, Func<Visit, Task> steps, Screen? screen = null, Role? role = Role.Administrator)
    {
        var look = screen ?? Screen.Desktop;
        await using var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = baseUrl,
            ViewportSize = new ViewportSize { Width = look.Width, Height = look.Height },
            ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            HasTouch = look.Touch,
            Locale = "en-GB",
            TimezoneId = look.TimeZone,
            JavaScriptEnabled = look.Script,
        });
        context.SetDefaultTimeout(Patience);
        var visit = await Visit.OpenAsync(context, look, baseUrl);
        if (role is { } known && Doors.IsKnown(baseUrl))
        {
            await visit.BecomeAsync(await Doors.SignInAsync(baseUrl, known));
        }

        try
        {
            await steps(visit);
        }
        catch (Exception fault)
        {
            var picture = await visit.LastPictureAsync();
            throw new BrowserFaultException($"{fault.Message}\nAt {visit.Page.Url}, seen last: {picture}\nThe browser had said:\n{string.Join('\n', visit.Faults)}", fault);
        }

        visit.AssertClean();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string FindChromium()
    {
        string?[] places = [Environment.GetEnvironmentVariable("CHROMIUM_PATH"), .. UsualPlaces];
        return places.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("No Chromium: install the distribution's package or set CHROMIUM_PATH.");
    }
}

/// <summary>What the visitor's device looks like; sizes in CSS pixels.</summary>
public sealed record Screen(string Name, int Width, int Height, bool Dark, bool Touch)
{
    public static Screen Desktop { get; } = new("1440-light", 1440, 900, Dark: false, Touch: false);

    public static Screen DesktopDark { get; } = new("1440-dark", 1440, 900, Dark: true, Touch: false);

    public static Screen Phone { get; } = new("360-light", 360, 780, Dark: false, Touch: true);

    public static Screen PhoneDark { get; } = new("360-dark", 360, 780, Dark: true, Touch: true);

    public static IReadOnlyList<Screen> All { get; } = [Desktop, DesktopDark, Phone, PhoneDark];

    /// <summary>For walks over many pages: each width and each theme once, and all four where pictures are taken.</summary>
    public static IReadOnlyList<Screen> Walk { get; } =
        Environment.GetEnvironmentVariable("OPSDASHBOARD_SCREENSHOTS") is null ? [Desktop, PhoneDark] : All;

    public string TimeZone { get; init; } = "UTC";

    /// <summary>Whether the browser runs scripts.</summary>
    public bool Script { get; init; } = true;
}

/// <summary>The browser noticed something a visitor should never meet.</summary>
public sealed class BrowserFaultException(string message, Exception? inner = null) : Exception(message, inner);
