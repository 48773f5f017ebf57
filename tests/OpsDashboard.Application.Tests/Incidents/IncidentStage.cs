using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Incidents;

/// <summary>The composed application at a fixed instant with a roster of two on call, a manager and a catch-all; it writes down every page that is owed.</summary>
internal sealed class IncidentStage : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 18, 10, 0, 0, TimeSpan.Zero);

    private IncidentStage(InProcessApp app, ManualClock clock, Pages pages) => (App, Clock, Owed) = (app, clock, pages);

    public InProcessApp App { get; }

    public ManualClock Clock { get; }

    public Pages Owed { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="people">Who there is, with the roles they have; null: one for each level of the mlops path, and a manager.</param>
    public static async Task<IncidentStage> SetAsync(IReadOnlyDictionary<string, string>? people = null, string? dataDirectory = null, bool roster = true, DateTimeOffset? now = null, params string[] settings)
    {
        var clock = new ManualClock(now ?? Now);
        var pages = new Pages();
        var app = await InProcessApp.StartAsync(Token, clock, dataDirectory, settings: settings, configure: services => StandStill(services)
            .AddSingleton(pages)
            .AddScoped<INotificationHandler<PageOwed>, PageWriter>()
            .AddScoped<INotificationHandler<PagesWithdrawn>, PageWriter>()
            .AddScoped<INotificationHandler<ClockBreached>, PageWriter>());
        var stage = new IncidentStage(app, clock, pages);
        await app.Services.GetRequiredService<StartupState>().CatalogsLoaded.WaitAsync(Token);
        var worker = app.Services.GetRequiredService<TimerWorker>();
        while (!await worker.HoldAsync(Token))
        {
            // Another process held it on this store: it counts as gone once its lease has stood still.
            clock.Advance(Lease.Patience + TimeSpan.FromSeconds(1));
        }

        if (roster)
        {
            await stage.HireAsync(people ?? Everyone);
        }

        return stage;
    }

    /// <summary>Without workers the clock may pass hours at once; what is due is fired by the stage.</summary>
    private static IServiceCollection StandStill(IServiceCollection services)
    {
        foreach (var worker in services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType != typeof(StartupSequence) && service.ImplementationType?.Namespace?.StartsWith("Microsoft.", StringComparison.Ordinal) != true).ToList())
        {
            services.Remove(worker);
        }

        return services;
    }

    public static IReadOnlyDictionary<string, string> Everyone { get; } = new Dictionary<string, string>
    {
        ["anna"] = "l1-support",
        ["ben"] = "l2-engineering",
        ["cleo"] = "l3-architecture",
        ["dana"] = "management",
        ["eve"] = "executive",
        ["olga"] = "operations-manager",
    };

    /// <param name="reachable">Whether a page has a way to them.</param>
    public async Task HireAsync(IReadOnlyDictionary<string, string> people, bool reachable = true)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var seal = scope.ServiceProvider.GetRequiredService<IFieldSeal>();
        foreach (var (id, role) in people)
        {
            db.Add(new PersonRow { Id = id, Name = id, Roles = PersonRow.Pack([role]), Zone = "UTC", Author = "test", UpdatedAtMs = 0 });
            if (reachable)
            {
                db.Add(new ContactMethodRow { PersonId = id, Channel = Channel.Webhook, Address = seal.Close($"https://{id}.example/"), Label = "Hook", Position = 0, DelaySeconds = 0, SigningSecret = seal.Close("secret"), VerifiedAtMs = 1, CreatedAtMs = 0 });
            }
        }

        await db.SaveChangesAsync(Token);
    }

    public async Task<Outcome<T>> SendAsync<T>(IRequest<Outcome<T>> request, Caller? caller = null)
    {
        await using var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = caller ?? TestCallers.Viewer;
        return await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, Token);
    }

    public async Task<IncidentSummary> OpenAsync(string severity = "P0", string platform = "mlops", string title = "API down")
    {
        var outcome = await SendAsync(new OpenIncident { Title = title, Platform = platform, Severity = severity });
        Assert.True(outcome.Succeeded, outcome.Failure?.Message);
        return outcome.Value;
    }

    /// <summary>Lets time pass; whatever is due on the way fires at its instant, as the worker does.</summary>
    public async Task PassAsync(TimeSpan span)
    {
        var end = Clock.GetUtcNow() + span;
        var worker = App.Services.GetRequiredService<TimerWorker>();
        while (Clock.GetUtcNow() < end)
        {
            var next = await ReadAsync(db => db.Set<IncidentTimerRow>().MinAsync(timer => timer.DueAtMs, Token));
            var to = next is { } due && DateTimeOffset.FromUnixTimeMilliseconds(due) is var at && at < end ? at : end;
            Clock.Advance(to > Clock.GetUtcNow() ? to - Clock.GetUtcNow() : TimeSpan.Zero);
            await worker.RoundAsync(Token);
        }
    }

    /// <summary>One look of the worker.</summary>
    public Task RoundAsync() => App.Services.GetRequiredService<TimerWorker>().RoundAsync(Token);

    public async Task<T> ReadAsync<T>(Func<OpsDbContext, Task<T>> read)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<OpsDbContext>());
    }

    /// <summary>Does something inside a transaction of its own with the services of a scope.</summary>
    public async Task<T> WithinAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        var result = await work(scope.ServiceProvider);
        await db.SaveChangesAsync(Token);
        await transaction.CommitAsync(Token);
        return result;
    }

    public Task<List<string>> TimelineAsync(long incident) => ReadAsync(db =>
        db.Set<TimelineRow>().Where(row => row.IncidentId == incident).OrderBy(row => row.Id).Select(row => row.Text).ToListAsync(Token));

    public ValueTask DisposeAsync() => App.DisposeAsync();

    /// <summary>Pages as they were owed; a transaction that rolled back owes none, which tests of races look up in the store instead.</summary>
    internal sealed class Pages
    {
        private readonly Lock gate = new();
        private readonly List<PageOwed> owed = [];
        private readonly List<PagesWithdrawn> withdrawn = [];
        private readonly List<ClockBreached> breached = [];

        public IReadOnlyList<PageOwed> All => Copy(owed);

        public IReadOnlyList<PagesWithdrawn> Withdrawn => Copy(withdrawn);

        public IReadOnlyList<ClockBreached> Breached => Copy(breached);

        /// <summary>Pages of escalation levels, as "level/cycle people".</summary>
        public IReadOnlyList<string> Calls =>
            [.. All.Where(page => page.Level < PageOwed.ClockLevel).Select(page => $"{page.Level}/{page.Cycle} {string.Join(',', page.People.Select(person => person.Id))}")];

        public void Add(object notification)
        {
            lock (gate)
            {
                switch (notification)
                {
                    case PageOwed page: owed.Add(page); break;
                    case PagesWithdrawn pages: withdrawn.Add(pages); break;
                    case ClockBreached miss: breached.Add(miss); break;
                    default: throw new ArgumentException("Not written down here.", nameof(notification));
                }
            }
        }

        private List<T> Copy<T>(List<T> from)
        {
            lock (gate)
            {
                return [.. from];
            }
        }
    }

    internal sealed class PageWriter(Pages pages) : INotificationHandler<PageOwed>, INotificationHandler<PagesWithdrawn>, INotificationHandler<ClockBreached>
    {
        public Task Handle(PageOwed notification, CancellationToken cancellationToken) => Write(notification);

        public Task Handle(PagesWithdrawn notification, CancellationToken cancellationToken) => Write(notification);

        public Task Handle(ClockBreached notification, CancellationToken cancellationToken) => Write(notification);

        private Task Write(object notification)
        {
            pages.Add(notification);
            return Task.CompletedTask;
        }
    }
}
