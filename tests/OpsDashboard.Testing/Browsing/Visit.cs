using Microsoft.Playwright;

namespace OpsDashboard.Testing.Browsing;

/// <summary>One tab, and everything the browser complained about in it.</summary>
public sealed class Visit
{
    private const string ReportPolicyViolations =
        "document.addEventListener('securitypolicyviolation', e => console.error(`CSP: ${e.violatedDirective} blocked ${e.blockedURI} at ${e.sourceFile}:${e.lineNumber}`));";

    private static readonly string Artifacts = Path.Combine(Repository.Root, "artifacts", "screenshots");

    private readonly List<string> _faults = [];
    private readonly List<string> _tolerated = [];
    private readonly Screen _screen;
    private readonly string _baseUrl;
    private TaskCompletionSource _interactive = NewSignal();

    private Visit(IPage page, Screen screen, string baseUrl)
    {
        _baseUrl = baseUrl;
        Page = page;
        _screen = screen;
    }

    public IPage Page { get; }

    /// <summary>Console errors, page errors and policy violations so far, but for the tolerated ones.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_faults)
            {
                return [.. _faults.Where(fault => !_tolerated.Exists(part => fault.Contains(part, StringComparison.Ordinal)))];
            }
        }
    }

    /// <summary>Faults with this text are part of what the test does, for example a lost connection.</summary>
    public void Tolerate(string part)
    {
        lock (_faults)
        {
            _tolerated.Add(part);
        }
    }

    /// <summary>From the next page on the browser belongs to another session.</summary>
    public Task BecomeAsync(string session) => Page.Context.AddCookiesAsync(
        [new Cookie { Name = Doors.Cookie, Value = session, Url = _baseUrl, HttpOnly = true, SameSite = SameSiteAttribute.Lax }]);

    /// <summary>Opens a page and waits until its circuit has rendered it: from then on clicks count. The title may come a moment later.</summary>
    public async Task GoInteractiveAsync(string path)
    {
        _interactive = NewSignal();
        await Page.GotoAsync(path);
        await InteractiveAsync();
    }

    /// <summary>Waits for the first rendering by the circuit of the page that was opened last.</summary>
    public Task InteractiveAsync() => _interactive.Task.WaitAsync(Eventually.Patience);

    /// <summary>From now on, waits for a rendering by a circuit: after a restart of the program, that of the page loaded anew.</summary>
    public Task NextInteractiveAsync()
    {
        _interactive = NewSignal();
        return InteractiveAsync();
    }

    /// <summary>Fails on anything axe finds, with the rule and the element.</summary>
    public async Task AssertAccessibleAsync()
    {
        var violations = await Axe.RunAsync(Page);
        if (violations.Count > 0)
        {
            throw new BrowserFaultException($"axe at {Page.Url} ({_screen.Name}):\n{string.Join('\n', violations)}");
        }
    }

    /// <summary>
    /// A picture of the whole page named after the screen, where pictures are wanted: in <c>artifacts/screenshots</c> when
    /// <c>OPSDASHBOARD_SCREENSHOTS=artifacts</c>, in <c>docs/screenshots</c> when it is <c>docs</c>.
    /// </summary>
    public Task ScreenshotAsync(string name, bool fullPage = true) => Environment.GetEnvironmentVariable("OPSDASHBOARD_SCREENSHOTS") switch
    {
        "docs" => PictureAsync(Repository.Screenshots, name, fullPage),
        "artifacts" => PictureAsync(Artifacts, name, fullPage),
        _ => Task.CompletedTask,
    };

    /// <summary>Fails when the page is wider than the screen, which phones show as sideways scrolling.</summary>
    public async Task AssertNoSidewaysScrollAsync()
    {
        var excess = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (excess > 0)
        {
            throw new BrowserFaultException($"{Page.Url} is {excess} px wider than {_screen.Name}.");
        }
    }

    internal static async Task<Visit> OpenAsync(IBrowserContext context, Screen screen, string baseUrl)
    {
        await context.AddInitScriptAsync(ReportPolicyViolations);
        var page = await context.NewPageAsync();
        var visit = new Visit(page, screen, baseUrl);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                visit.Note($"console: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => visit.Note($"page: {error}");
        page.WebSocket += (_, socket) => new CircuitWatch(() => visit._interactive.TrySetResult()).Attach(socket);
        return visit;
    }

    /// <summary>What the visitor saw when a step failed; a page that can no longer be drawn leaves the step's own fault standing.</summary>
    internal async Task<string> LastPictureAsync()
    {
        var name = $"failed-{Guid.NewGuid():N}";
        try
        {
            await PictureAsync(Artifacts, name, fullPage: false);
            return Path.Combine(Artifacts, $"{name}-{_screen.Name}.png");
        }
        catch (Exception fault) when (fault is PlaywrightException or TimeoutException)
        {
            return $"none could be taken: {fault.Message}";
        }
    }

    internal void AssertClean()
    {
        if (Faults is { Count: > 0 } faults)
        {
            throw new BrowserFaultException($"The browser complained at {Page.Url}:\n{string.Join('\n', faults)}");
        }
    }

    private async Task PictureAsync(string folder, string name, bool fullPage)
    {
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(folder, $"{name}-{_screen.Name}.png"),
            FullPage = fullPage,
            Animations = ScreenshotAnimations.Disabled,
        });
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Note(string fault)
    {
        lock (_faults)
        {
            _faults.Add(fault);
        }
    }
}
