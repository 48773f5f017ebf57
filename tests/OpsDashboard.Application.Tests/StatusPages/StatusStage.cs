using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Incidents.Updates;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.StatusPages;
using OpsDashboard.Application.StatusPages.Recording;
using OpsDashboard.Application.StatusPages.Subscriptions;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.StatusPages;

/// <summary>The composed application at a fixed instant, a Wednesday; the worker of the status pages takes its steps only when told.</summary>
internal sealed class StatusStage : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 18, 10, 0, 0, TimeSpan.Zero);
    public const string Serving = "mlops/model-serving-api";

    private StatusStage(InProcessApp app, ManualClock clock) => (App, Clock) = (app, clock);

    public InProcessApp App { get; }

    public ManualClock Clock { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<StatusStage> SetAsync(params string[] settings)
    {
        var clock = new ManualClock(Now);
        var app = await InProcessApp.StartAsync(Token, clock, settings: ["Public:BaseUrl=https://status.example", .. settings], configure: services =>
        {
            foreach (var worker in services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(StatusWorker)).ToList())
            {
                services.Remove(worker);
            }
        });
        var stage = new StatusStage(app, clock);
        await app.Services.GetRequiredService<StartupState>().CatalogsLoaded.WaitAsync(Token);
        await stage.StepAsync();
        return stage;
    }

    /// <summary>Moves the calendar alone: days in which every other worker of the application would take its steps are no matter here.</summary>
    public void Pass(TimeSpan span) => Clock.StepTo(Clock.GetUtcNow() + span);

    /// <summary>What the worker does in one step, but for challenges.</summary>
    public async Task StepAsync()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        var now = Clock.NowMs();
        await scope.ServiceProvider.GetRequiredService<StatusRecorder>().StepAsync(now, Token);
        await scope.ServiceProvider.GetRequiredService<MaintenanceHerald>().StepAsync(now, Token);
        await db.SaveChangesAsync(Token);
        var fanOut = scope.ServiceProvider.GetRequiredService<NoticeFanOut>();
        while (await fanOut.StepAsync(now, Token))
        {
        }

        await transaction.CommitAsync(Token);
    }

    public async Task<Outcome<T>> SendAsync<T>(IRequest<Outcome<T>> request)
    {
        await using var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = TestCallers.Viewer;
        return await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, Token);
    }

    public async Task<T> DoneAsync<T>(IRequest<Outcome<T>> request)
    {
        var outcome = await SendAsync(request);
        Assert.True(outcome.Succeeded, outcome.Failure?.Message + string.Join(' ', outcome.Failure?.Faults.Select(fault => fault.Message) ?? []));
        return outcome.Value;
    }

    public Task<StatusSite> SiteAsync() => DoneAsync(new GetStatusSite());

    public async Task<ComponentView> ComponentAsync(string service = Serving) => (await SiteAsync()).Components.Single(component => component.Service == service);

    /// <summary>An incident with a first public word; P0 of one service takes it down.</summary>
    public async Task<long> PublishAsync(ServiceImpact impact = ServiceImpact.MajorOutage, DateTimeOffset? startedAt = null, string title = "Requests fail")
    {
        var incident = await DoneAsync(new OpenIncident { Title = title, Platform = "mlops", Severity = "P0", Services = ["model-serving-api"], StartedAt = startedAt });
        await ChangeAsync(async db => (await db.Set<IncidentRow>().Include(row => row.Services).SingleAsync(row => row.Id == incident.Id, Token)).Services.Single().Impact = impact);
        await PostAsync(incident.Id, PublicStatus.Investigating, "We are looking into **failing** requests.");
        return incident.Id;
    }

    public Task<IncidentUpdate> PostAsync(long incident, PublicStatus status, string text) =>
        DoneAsync(new PostIncidentUpdate { IncidentId = incident, Text = text, Status = status, ToStatusPage = true });

    public async Task<T> ReadAsync<T>(Func<OpsDbContext, Task<T>> read)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<OpsDbContext>());
    }

    public async Task ChangeAsync(Func<OpsDbContext, Task> change)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        await change(db);
        await db.SaveChangesAsync(Token);
    }

    /// <summary>Everything queued for subscribers, oldest first.</summary>
    public Task<List<OutboxRow>> MessagesAsync() => ReadAsync(db =>
        db.Set<OutboxRow>().AsNoTracking().Where(row => row.DedupeKey.StartsWith("status")).OrderBy(row => row.Id).ToListAsync(Token));

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
