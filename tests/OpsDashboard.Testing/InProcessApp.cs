using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Web;

namespace OpsDashboard.Testing;

/// <summary>
/// The composed application on a real port inside the test's process, for tests that need its services or its clock.
/// Readiness is not waited for: with a clock that stands still the workers do not move by themselves.
/// </summary>
public sealed class InProcessApp : IAsyncDisposable
{
    private readonly OpsDashboardApp _app;
    private readonly TempDirectory? _ownDirectory;
    private bool _stopped;

    private InProcessApp(OpsDashboardApp app, string dataDirectory, TempDirectory? ownDirectory)
    {
        _app = app;
        _ownDirectory = ownDirectory;
        DataDirectory = dataDirectory;
        Http = new HttpClient { BaseAddress = new Uri(app.Url) };
    }

    public HttpClient Http { get; }

    public string Url => _app.Url;

    public string DataDirectory { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="clock">Null: the system's.</param>
    /// <param name="settings">As on the command line, for example <c>Demo:Enabled=true</c>.</param>
    /// <param name="configure">Last word on services.</param>
    public static async Task<InProcessApp> StartAsync(
        CancellationToken cancellationToken,
        TimeProvider? clock = null,
        string? dataDirectory = null,
        IEnumerable<string>? settings = null,
        Action<IServiceCollection>? configure = null)
    {
        var own = dataDirectory is null ? new TempDirectory() : null;
        var directory = dataDirectory ?? own!.FullPath;
        string[] args =
        [
            "--urls=http://127.0.0.1:0",
            "--environment=Production",
            $"--OpsDashboard:DataDirectory={directory}",
            "--Demo:Enabled=false",
            $"--Intake:Key={AppProcess.IntakeKey}",
            "--Logging:LogLevel:Default=Warning",
            "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning",
            .. LiveServer.SettingsFor(directory).Select(setting => $"--{setting}"),
            .. (settings ?? []).Select(setting => $"--{setting}"),
        ];
        var app = OpsDashboardApp.Build(args, builder =>
        {
            if (clock is not null)
            {
                builder.Services.AddSingleton(clock);
            }

            configure?.Invoke(builder.Services);
        });
        await app.StartAsync(cancellationToken);
        return new InProcessApp(app, directory, own);
    }

    /// <summary>Waits until <c>/readyz</c> answers 200; not with a clock that stands still.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken) =>
        Eventually.TrueAsync(async () => (await Http.GetAsync("/readyz", cancellationToken)).IsSuccessStatusCode, cancellationToken);

    /// <summary>Stops the workers and the listener; the services still answer, to look at what was left.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_stopped)
        {
            _stopped = true;
            await _app.StopAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        if (_ownDirectory is not null)
        {
            await LiveServer.DropAsync(DataDirectory);
            _ownDirectory.Dispose();
        }
    }
}
