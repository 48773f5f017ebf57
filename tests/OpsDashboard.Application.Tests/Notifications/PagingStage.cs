using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Delivery;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Notifications;

/// <summary>The composed application on a manual clock, with anna on the first level and a receiver for what leaves.</summary>
internal sealed class PagingStage : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 18, 10, 0, 0, TimeSpan.Zero);

    private readonly bool ownsReceiver;

    private PagingStage(InProcessApp app, ManualClock clock, PageReceiver receiver, bool ownsReceiver) =>
        (App, Clock, Receiver, this.ownsReceiver) = (app, clock, receiver, ownsReceiver);

    public InProcessApp App { get; }

    public ManualClock Clock { get; }

    public PageReceiver Receiver { get; }

    /// <summary>This node has a try under way or not yet recorded.</summary>
    private bool IsSending => App.Services.GetRequiredService<Dispatch>().Mine.Count > 0;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<PagingStage> SetAsync(PageReceiver? receiver = null, string? dataDirectory = null, ManualClock? clock = null, bool hire = true, Action<IServiceCollection>? configure = null, params string[] settings)
    {
        clock ??= new ManualClock(Now);
        var own = receiver is null;
        receiver ??= await PageReceiver.StartAsync();
        var app = await InProcessApp.StartAsync(Token, clock, dataDirectory, ["Outbound:AllowPrivateTargets=true", "Public:BaseUrl=https://ops.example.org", .. settings], configure);
        await app.Services.GetRequiredService<StartupState>().CatalogsLoaded.WaitAsync(Token);
        var stage = new PagingStage(app, clock, receiver, own);
        if (hire)
        {
            await stage.HireAsync("anna", "l1-support");
        }

        return stage;
    }

    public async Task HireAsync(string id, string role)
    {
        await WithinAsync(services =>
        {
            var person = new PersonRow { Id = id, Name = id, Roles = PersonRow.Pack([role]), Zone = "UTC", Author = "test", UpdatedAtMs = 0 };
            services.GetRequiredService<OpsDbContext>().Add(person);
            return Task.FromResult(0);
        });
    }

    /// <summary>A verified webhook at the receiver.</summary>
    public Task<int> ReachAsync(string person = "anna", string path = "/anna", int delaySeconds = 0, Channel channel = Channel.Webhook, string? address = null, bool verified = true) =>
        WithinAsync(async services =>
        {
            var db = services.GetRequiredService<OpsDbContext>();
            var row = new ContactMethodRow
            {
                PersonId = person,
                Channel = channel,
                Address = services.GetRequiredService<IFieldSeal>().Close(address ?? Receiver.Url + path),
                IsDemo = address?.EndsWith("@demo.invalid", StringComparison.Ordinal) == true,
                Label = "",
                Position = 0,
                DelaySeconds = delaySeconds,
                SigningSecret = channel == Channel.Webhook ? services.GetRequiredService<IFieldSeal>().Close("whsec_c2VjcmV0LW9mLXRoZS10ZXN0cw==") : null,
                VerifiedAtMs = verified ? 1 : null,
                CreatedAtMs = 0,
            };
            db.Add(row);
            await db.SaveChangesAsync(Token);
            return row.Id;
        });

    public async Task<Outcome<T>> SendAsync<T>(IRequest<Outcome<T>> request, Caller? caller = null)
    {
        await using var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = caller ?? TestCallers.Viewer;
        return await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, Token);
    }

    public async Task<T> DoAsync<T>(IRequest<Outcome<T>> request, Caller? caller = null)
    {
        var outcome = await SendAsync(request, caller);
        Assert.True(outcome.Succeeded, outcome.Failure?.Message);
        return outcome.Value;
    }

    public Task<IncidentSummary> OpenAsync(string severity = "P0", string title = "API down") =>
        DoAsync(new OpenIncident { Title = title, Platform = "mlops", Severity = severity });

    /// <summary>Queues a message to the receiver, outside of any incident.</summary>
    public Task NotifyAsync(string key, string path = "/notice", string text = "hello") => WithinAsync(services =>
    {
        services.GetRequiredService<Outbox>().Enqueue(new OutgoingMessage { DedupeKey = key, Channel = Channel.Webhook, Address = Receiver.Url + path, Subject = "Notice", Text = text });
        return Task.FromResult(0);
    });

    /// <summary>Sets the calendar forward without living through it: what is due then is due now.</summary>
    public void Skip(TimeSpan span)
    {
        if (span > TimeSpan.Zero)
        {
            Clock.StepTo(Clock.GetUtcNow() + span);
        }
    }

    /// <summary>
    /// Lets time pass in small steps until something has come about. It stands still while a try is under way: on a machine that
    /// lacks a processor for a second the try would else run into its time limit.
    /// </summary>
    public Task PassUntilAsync(Func<Task<bool>> until, TimeSpan? step = null) => Eventually.TrueAsync(
        () =>
        {
            if (!IsSending)
            {
                Clock.Advance(step ?? TimeSpan.FromMilliseconds(300));
            }

            return until();
        },
        Token);

    public Task PassUntilAsync(Func<bool> until, TimeSpan? step = null) => PassUntilAsync(() => Task.FromResult(until()), step);

    /// <summary>Every try of this node has ended and is recorded; time stands still meanwhile.</summary>
    public Task IdleAsync() => Eventually.TrueAsync(() => !IsSending, Token);

    public Task<List<OutboxRow>> MessagesAsync() => ReadAsync(db => db.Set<OutboxRow>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(Token));

    public Task<List<DeliveryAttemptRow>> AttemptsAsync() => ReadAsync(db => db.Set<DeliveryAttemptRow>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(Token));

    public Task<List<string>> TimelineAsync(long incident) => ReadAsync(db =>
        db.Set<TimelineRow>().Where(row => row.IncidentId == incident && row.Kind == TimelineKind.Page).OrderBy(row => row.Id).Select(row => row.Text).ToListAsync(Token));

    /// <summary>Nothing is queued, nothing is under way. Time goes on to what is due next, and no further.</summary>
    public Task SettledAsync() => Eventually.TrueAsync(
        async () =>
        {
            // Asked before the messages are read: what the end of a try leads to, as a page to somebody else, is queued before the try is over.
            var busy = IsSending;
            var waiting = (await MessagesAsync()).Where(row => row.State is MessageState.Queued or MessageState.Sending).ToList();
            if (!busy && waiting.Exists(row => row.State == MessageState.Queued))
            {
                var left = waiting.Where(row => row.State == MessageState.Queued).Min(row => row.DueMs) - Clock.GetUtcNow().ToUnixTimeMilliseconds();
                // What is due already waits for a look of the worker, which follows a commit at once and comes by itself now and then.
                Clock.Advance(TimeSpan.FromMilliseconds(left > 0 ? left : 50));
            }

            return !busy && waiting.Count == 0;
        },
        Token);

    public async Task<T> ReadAsync<T>(Func<OpsDbContext, Task<T>> read)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<OpsDbContext>());
    }

    /// <summary>Does something in a transaction of its own with the services of a scope.</summary>
    public async Task<T> WithinAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        var result = await work(scope.ServiceProvider);
        await db.SaveChangesAsync(Token);
        await transaction.CommitAsync(Token);
        // As after every command: with a clock that stands still nothing else would let the worker look again.
        scope.ServiceProvider.GetRequiredService<FeedSignal>().Nudge();
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        if (ownsReceiver)
        {
            await Receiver.DisposeAsync();
        }
    }
}
