using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Identity.People;
using OpsDashboard.Application.Identity.SigningIn;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
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
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly Dictionary<(Role Role, Scope Reach, string? Person), string> _sessions = [];
    private bool _stopped;

    private InProcessApp(OpsDashboardApp app, string dataDirectory, TempDirectory? ownDirectory)
    {
        _app = app;
        _ownDirectory = ownDirectory;
        DataDirectory = dataDirectory;
        Http = ApiCalls.ProgramClient(app.Url);
        Anonymous = new HttpClient { BaseAddress = new Uri(app.Url) };
        Doors.Open(app.Url, role => SignInAsync(role));
    }

    /// <summary>A program with the key of the configuration, which may do all that programs may.</summary>
    public HttpClient Http { get; }

    /// <summary>Nobody known.</summary>
    public HttpClient Anonymous { get; }

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
            "--Accounts:SecondFactor=none",
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

    /// <summary>The session of somebody in a role, with an account that is made for it; the password is nobody's.</summary>
    /// <param name="person">The person of the on-call directory they are.</param>
    public async Task<string> SignInAsync(Role role = Role.Administrator, Scope? scope = null, string? person = null)
    {
        await _oneAtATime.WaitAsync();
        try
        {
            var key = (role, scope ?? Scope.Everything, person);
            if (!_sessions.TryGetValue(key, out var session))
            {
                _sessions[key] = session = await OpenAsync(role, key.Item2, person);
            }

            return session;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task<string> OpenAsync(Role role, Scope reach, string? person)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var name = role == Role.Administrator ? Doors.AdministratorName : role.Word();
        var email = role == Role.Administrator && _sessions.Count == 0 ? Doors.AdministratorEmail : $"{Guid.NewGuid():N}@example.test";
        var made = await scope.ServiceProvider.GetRequiredService<AccountBook>().AddAsync(
            new NewAccount(name, email, null, [new RoleGrant(role, reach)], person),
            scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds(),
            CancellationToken.None);
        db.ChangeTracker.Clear();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = Caller.System;
        var opened = await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(new OpenSession(made.Value.Id, "test", SecondFactor: true), CancellationToken.None);
        return opened.Value.Token!;
    }

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
        Anonymous.Dispose();
        await StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _oneAtATime.Dispose();
        if (_ownDirectory is not null)
        {
            await LiveServer.DropAsync(DataDirectory);
            _ownDirectory.Dispose();
        }
    }
}
