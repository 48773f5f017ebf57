using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Testing;

/// <summary>What a started program is told.</summary>
public sealed record AppProcessOptions
{
    /// <summary>Null: a temporary directory that goes with the process. Two processes may share one.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Port 0 lets the system choose.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    public string Environment { get; init; } = "Production";

    /// <summary>Environment variables, for example <c>Demo__Enabled</c>; they win over the defaults of this fixture.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Words on the command line.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The program's dll; published output here tests what is shipped.</summary>
    public string Program { get; init; } = Repository.WebProgram;

    public TimeSpan ReadyWithin { get; init; } = 2 * Eventually.Patience;
}

/// <summary>The real program as its own process, with a data directory of its own and a port the system chose.</summary>
public sealed class AppProcess : IAsyncDisposable
{
    public const string IntakeKey = "intake-key-of-the-tests";

    private const int SigTerm = 15;

    /// <summary>Sessions lie in the store: programs on the same data share them.</summary>
    private static readonly ConcurrentDictionary<(string Data, Role Role), Lazy<Task<string>>> Sessions = new();

    private readonly AppProcessOptions _options;
    private readonly TempDirectory? _ownDirectory;
    private readonly StringBuilder _output = new();
    private TaskCompletionSource<string> _ready = NewSignal();
    private Process _process = new();
    private bool _running;

    private AppProcess(AppProcessOptions options)
    {
        _ownDirectory = options.DataDirectory is null ? new TempDirectory() : null;
        _options = options;
    }

    /// <summary>Where it listens, from its own <c>Ready on</c> line.</summary>
    public string Url { get; private set; } = "";

    /// <summary>A program with the key of the configuration, which may do all that programs may.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>Nobody known.</summary>
    public HttpClient Anonymous { get; private set; } = new();

    public string DataDirectory => _options.DataDirectory ?? _ownDirectory!.FullPath;

    public int Id => _process.Id;

    /// <summary>CPU the process has used so far, user and system.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Everything written to standard output and error so far, all runs.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts the program and returns when it says that it is ready.</summary>
    public static async Task<AppProcess> StartAsync(AppProcessOptions? options = null, CancellationToken cancellationToken = default)
    {
        var app = new AppProcess(options ?? new AppProcessOptions());
        try
        {
            app.Launch(app._options.Url);
            await app.ReadyAsync(cancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the program with settings it must refuse; returns its exit code and what it wrote.</summary>
    public static async Task<(int ExitCode, string Output)> RunToExitAsync(AppProcessOptions options, CancellationToken cancellationToken)
    {
        await using var app = new AppProcess(options);
        app.Launch(options.Url);
        return (await app.ExitAsync(options.ReadyWithin, cancellationToken), app.Output);
    }

    /// <summary>SIGTERM, as a service manager does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancellationToken = default)
    {
        if (kill(_process.Id, SigTerm) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        var exitCode = await ExitAsync(TimeSpan.FromSeconds(15), cancellationToken);
        return exitCode;
    }

    /// <summary>SIGKILL: no handler of the program runs.</summary>
    public async Task Kill9Async(CancellationToken cancellationToken = default)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
        _running = false;
    }

    /// <summary>Starts again on the same data and, so that open browsers find it, the same address.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken = default)
    {
        _process.Dispose();
        Http.Dispose();
        Anonymous.Dispose();
        _ready = NewSignal();
        Launch(Url);
        await ReadyAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_running && !_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Http.Dispose();
        Anonymous.Dispose();
        _ownDirectory?.Dispose();
    }

    private static TaskCompletionSource<string> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);

    private void Launch(string url)
    {
        if (!File.Exists(_options.Program))
        {
            throw new FileNotFoundException("Build src/OpsDashboard.Web in this configuration first.", _options.Program);
        }

        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", _options.Program },
            WorkingDirectory = DataDirectory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in _options.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var inherited in start.Environment.Keys.Where(IsSetting).ToList())
        {
            start.Environment.Remove(inherited);
        }

        start.Environment["ASPNETCORE_URLS"] = url;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = _options.Environment;
        start.Environment["OpsDashboard__DataDirectory"] = DataDirectory;
        start.Environment["Demo__Enabled"] = "false";
        start.Environment["Intake__Key"] = IntakeKey;
        // The tests of signing in ask for it again.
        start.Environment["Accounts__SecondFactor"] = "none";
        foreach (var (name, value) in _options.Settings)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Start();
        _running = true;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)
        || name.StartsWith("DOTNET_ENVIRONMENT", StringComparison.Ordinal)
        || name.Contains("__", StringComparison.Ordinal);

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line.StartsWith("Ready on ", StringComparison.Ordinal))
        {
            _ready.TrySetResult(line["Ready on ".Length..].Trim());
        }
    }

    private async Task ReadyAsync(CancellationToken cancellationToken)
    {
        var exit = _process.WaitForExitAsync(cancellationToken);
        try
        {
            if (await Task.WhenAny(_ready.Task, exit).WaitAsync(_options.ReadyWithin, cancellationToken) == exit)
            {
                throw new InvalidOperationException($"The program ended with {_process.ExitCode} before it was ready:\n{Output}");
            }
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"Not ready within {_options.ReadyWithin}:\n{Output}", late);
        }

        Url = await _ready.Task;
        Http = ApiCalls.ProgramClient(Url);
        Anonymous = new HttpClient { BaseAddress = new Uri(Url) };
        Doors.Open(Url, SignInAsync);
    }

    /// <summary>
    /// The session of somebody in a role: in the demo by its buttons, outside it, for the administrator alone, by the set-up link in
    /// the log.
    /// </summary>
    public async Task<string> SignInAsync(Role role = Role.Administrator) =>
        await Sessions.GetOrAdd((DataDirectory, role), _ => new Lazy<Task<string>>(() => IsDemo ? EnterDemoAsync(role) : SetUpAsync(role))).Value;

    private bool IsDemo => _options.Settings.TryGetValue("Demo__Enabled", out var demo) ? demo == "true" : _options.Environment == "Development" && !_options.Settings.ContainsKey("Demo__Enabled");

    private async Task<string> EnterDemoAsync(Role role)
    {
        using var browser = Doors.Client(Url, redirects: false);
        using var answer = await browser.SubmitAsync("/sign-in", "/sign-in/demo", CancellationToken.None, ("role", role.ToString()), ("back", "/"));
        return Doors.SessionIn(answer);
    }

    private async Task<string> SetUpAsync(Role role)
    {
        if (role != Role.Administrator)
        {
            throw new ArgumentException("Other roles are in the demo, or in a program within the test's process.", nameof(role));
        }

        var link = await SetUpLinkAsync(CancellationToken.None);
        using var browser = Doors.Client(Url, redirects: false);
        using var answer = await browser.SubmitAsync(link, link, CancellationToken.None, ("name", Doors.AdministratorName), ("email", Doors.AdministratorEmail), ("password", Doors.AdministratorPassword));
        return Doors.SessionIn(answer);
    }

    /// <summary>Path of the one-time link that the log tells.</summary>
    public async Task<string> SetUpLinkAsync(CancellationToken cancellationToken)
    {
        const string Place = "/set-up/";
        await Eventually.TrueAsync(() => Task.FromResult(Output.Contains(Place, StringComparison.Ordinal)), cancellationToken);
        var output = Output;
        var start = output.LastIndexOf(Place, StringComparison.Ordinal);
        return output[start..].Split([' ', '\n', '\r'])[0];
    }

    private async Task<int> ExitAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(within, cancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"Still running after {within}:\n{Output}", late);
        }

        _running = false;
        return _process.ExitCode;
    }
}
