using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsDashboard.Application.Incidents.Alerts.Integrations;
using OpsDashboard.Application.Incidents.Alerts.MetricRules;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Incidents.Alerts.Watch;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Incidents.Alerts;

/// <summary>The composed application with one integration, at an instant that stands still until it is moved.</summary>
internal sealed class AlertStage : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 30, 20, TimeSpan.Zero);

    private AlertStage(InProcessApp app, ManualClock clock) => (App, Clock) = (app, clock);

    public InProcessApp App { get; }

    public ManualClock Clock { get; }

    /// <summary>How long the product counts as having listened.</summary>
    public TimeSpan Listening { get; set; } = TimeSpan.FromDays(1);

    public string Key { get; private set; } = "";

    public int IntegrationId { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<AlertStage> SetAsync(string? platform = "shop")
    {
        var clock = new ManualClock(Start);
        var stage = new AlertStage(await InProcessApp.StartAsync(Token, clock, settings: ["Alerts:MetricRules=false"], configure: WithoutWatch), clock);
        await stage.App.SeedAsync(Seeding.Availability("shop", "checkout", "availability"), Seeding.Availability("shop", "search", "availability"));
        var created = (await stage.SendAsync(new CreateIntegration { Name = "main", Platform = platform })).Value;
        (stage.Key, stage.IntegrationId) = (created.Key, created.Id);
        return stage;
    }

    public Task<(int Status, JsonElement Body)> AlertmanagerAsync(string groupKey, params object[] alerts) =>
        PostAsync("alertmanager", new { version = "4", groupKey, truncatedAlerts = 0, status = "firing", receiver = "ops", alerts });

    public Task<(int Status, JsonElement Body)> PostAsync(string call, object? body) =>
        App.Http.CallAsync(HttpMethod.Post, $"/api/v1/integrations/{Key}/{call}", body, Token);

    public static object Firing(string name, DateTimeOffset startsAt, string? fingerprint = null, string severity = "critical", string service = "checkout", string? summary = null) => new
    {
        status = "firing",
        labels = new { alertname = name, severity, service },
        annotations = new { summary = summary ?? name },
        startsAt,
        endsAt = "0001-01-01T00:00:00Z",
        generatorURL = "http://prometheus.example/graph",
        fingerprint,
    };

    public static object Resolved(string name, DateTimeOffset startsAt, DateTimeOffset endsAt, string? fingerprint = null, string severity = "critical", string service = "checkout") => new
    {
        status = "resolved",
        labels = new { alertname = name, severity, service },
        annotations = new { summary = "Other words" },
        startsAt,
        endsAt,
        fingerprint,
    };

    public async Task<Outcome<T>> SendAsync<T>(MediatR.IRequest<Outcome<T>> request)
    {
        await using var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = TestCallers.Viewer;
        return await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, Token);
    }

    /// <summary>Moves the calendar and looks at what is due.</summary>
    public async Task StepAsync(TimeSpan span)
    {
        Clock.StepTo(Clock.GetUtcNow() + span);
        var watch = App.Services.GetRequiredService<AlertWatch>();
        Assert.True(await watch.LeadAsync(Token));
        await watch.StepAsync(Clock.GetUtcNow().ToUnixTimeMilliseconds(), Token);
        await JudgeAsync();
    }

    /// <summary>It takes its steps only when told: its own, begun at an earlier instant, would else end beside them.</summary>
    private static void WithoutWatch(IServiceCollection services)
    {
        foreach (var worker in services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationFactory?.Method.ReturnType == typeof(AlertWatch)).ToList())
        {
            services.Remove(worker);
        }
    }

    private Task JudgeAsync() => WorkAsync(async services =>
    {
        var rules = services.GetRequiredService<MetricRuleEvaluator>();
        var now = Clock.GetUtcNow().ToUnixTimeMilliseconds();
        await rules.ApplyAsync(await rules.JudgeAsync(now, Listening, Token), now, Token);
    });

    public Task<List<AlertRow>> AlertsAsync() => ReadAsync(db => db.Set<AlertRow>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(Token));

    public Task<List<IncidentRow>> IncidentsAsync() => ReadAsync(db => db.Set<IncidentRow>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(Token));

    public async Task<T> ReadAsync<T>(Func<OpsDbContext, Task<T>> read)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<OpsDbContext>());
    }

    /// <summary>Works as the product does, in a transaction of its own.</summary>
    public async Task WorkAsync(Func<IServiceProvider, Task> work)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Token);
            await work(scope.ServiceProvider);
            await db.SaveChangesAsync(Token);
            await transaction.CommitAsync(Token);
        });
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
