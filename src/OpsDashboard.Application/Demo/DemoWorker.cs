using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.History;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Demo;

/// <summary>Tells the story in one process among all: history first, then tick by tick. Pages are served meanwhile.</summary>
internal sealed class DemoWorker(
    IServiceProvider services,
    IServiceScopeFactory scopes,
    DemoFill fill,
    DemoFeed feed,
    SeriesDirectory directory,
    StartupState startup,
    TimeProvider time,
    IOptions<DemoOptions> options,
    ILogger<DemoWorker> log) : BackgroundService
{
    /// <summary>Stands in the maintenance windows the demo brings.</summary>
    public const string Author = "Demo";

    /// <summary>A gap longer than this is filled as history; a shorter one through the intake.</summary>
    private const int LongestFedHours = 2;

    /// <summary>Below what the intake takes, so that a batch does not grow too old on its way.</summary>
    private const int OldestFedHours = 47;

    private const int SaveEveryTicks = DemoTicks.PerMinute;
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WhileIdle = TimeSpan.FromSeconds(2);

    private readonly Lease lease = services.CreateLease("demo");
    private DemoWorld? world;
    private DemoState? told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        await lease.KeepWhileAsync(TellAsync, stoppingToken);
    }

    private async Task TellAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan pause;
            try
            {
                pause = lease.Token is null ? Forget() : await StepAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                DemoLog.StepFailed(log, fault);
                Forget();
                pause = BackOff;
            }

            await Task.Delay(pause, time, stoppingToken);
        }
    }

    /// <summary>Another process may tell the story on meanwhile: what is known of it comes from the store again.</summary>
    private TimeSpan Forget()
    {
        told = null;
        return TimeSpan.FromMilliseconds(200);
    }

    /// <returns>How long to wait before the next step.</returns>
    private async Task<TimeSpan> StepAsync(CancellationToken cancellationToken)
    {
        if (told is null)
        {
            var (state, position) = await ReadAsync(cancellationToken);
            if (position == DemoSwitch.Emptied)
            {
                return WhileIdle;
            }

            told = await WriteChaptersAsync(state ?? await BeginAsync(cancellationToken), cancellationToken);
            world = DemoWorld.Of(told.Anchor, directory);
        }

        told = SkipTooOld(told);
        if (told.Filling || IsLongGap(told))
        {
            told = told.Filling ? told : told with { Filling = true, FromHour = DemoTicks.HourOf(told.NextTick) };
            told = await fill.RunAsync(told, world!, cancellationToken);
            return TimeSpan.Zero;
        }

        return await FeedAsync(told, cancellationToken);
    }

    private async Task<TimeSpan> FeedAsync(DemoState state, CancellationToken cancellationToken)
    {
        var due = DemoTicks.At(time.NowMs()) + 1;
        if (state.NextTick >= due)
        {
            return TimeSpan.FromMilliseconds(Math.Clamp((state.NextTick * DemoTicks.Milliseconds) - time.NowMs(), 10, DemoTicks.Milliseconds));
        }

        // Up to the full hour only: what lies behind it may be long enough to be filled instead.
        var fullHour = ((long)DemoTicks.HourOf(state.NextTick) + 1) * DemoTicks.PerHour;
        var next = await feed.SendAsync(world!, state.NextTick, Math.Min(due, fullHour), cancellationToken);
        told = state with { NextTick = next };
        if (next / SaveEveryTicks != state.NextTick / SaveEveryTicks)
        {
            await scopes.InDemoTransactionAsync((_, db, nowMs) => db.PutDemoStateAsync(told, nowMs, cancellationToken), cancellationToken);
        }

        if ((await ReadAsync(cancellationToken)).Switch == DemoSwitch.Emptied)
        {
            await EraseAsync(cancellationToken);
            return Forget();
        }

        return next > state.NextTick ? TimeSpan.Zero : BackOff;
    }

    private bool IsLongGap(DemoState state) =>
        DemoTicks.IsHourStart(state.NextTick) && CurrentHour() - DemoTicks.HourOf(state.NextTick) > LongestFedHours;

    /// <summary>The rest of an hour that began before the intake's oldest sample stays as it is.</summary>
    private DemoState SkipTooOld(DemoState state)
    {
        var hour = DemoTicks.HourOf(state.NextTick);
        return !DemoTicks.IsHourStart(state.NextTick) && CurrentHour() - hour >= OldestFedHours
            ? state with { NextTick = ((long)hour + 1) * DemoTicks.PerHour }
            : state;
    }

    private int CurrentHour() => TimeIndex.HourOf(TimeIndex.MinuteOf(time.NowMs()));

    private async Task<(DemoState? State, DemoSwitch Switch)> ReadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OpsDbContext>().ReadDemoAsync(cancellationToken);
    }

    private async Task<DemoState> BeginAsync(CancellationToken cancellationToken)
    {
        var hour = CurrentHour();
        var from = hour - (options.Value.HistoryDays * 24);
        var state = new DemoState
        {
            Anchor = Instants.ToInstant(hour * Instants.HourMs),
            HistoryDays = options.Value.HistoryDays,
            FromHour = from,
            NextTick = (long)from * DemoTicks.PerHour,
            Filling = true,
        };
        var windows = new DemoStory(state.Anchor).Maintenance(state.HistoryDays).Select(window => new RecordedMaintenance(
            window.Platform, window.Service, window.Start, window.End, window.AnnouncedAt, window.Reason));
        await scopes.InDemoTransactionAsync(
            async (scope, db, nowMs) =>
            {
                await db.PutDemoStateAsync(state, nowMs, cancellationToken);
                await scope.GetRequiredService<MaintenanceRecord>().ReplaceAsync(Author, [.. windows], nowMs, cancellationToken);
            },
            cancellationToken);
        return state;
    }

    /// <summary>Each in a transaction of its own: all in one would keep every other writer waiting on a slow machine.</summary>
    private async Task<DemoState> WriteChaptersAsync(DemoState state, CancellationToken cancellationToken)
    {
        var isDone = false;
        while (!isDone)
        {
            var next = state;
            await scopes.InDemoTransactionAsync(
                async (scope, db, nowMs) =>
                {
                    var chapters = scope.GetServices<IDemoChapter>().ToList();
                    isDone = state.Chapters >= chapters.Count || (await db.ReadDemoAsync(cancellationToken)).Switch == DemoSwitch.Emptied;
                    if (!isDone)
                    {
                        await chapters[state.Chapters].WriteAsync(state.Anchor, state.HistoryDays, nowMs, cancellationToken);
                        next = state with { Chapters = state.Chapters + 1 };
                        await db.PutDemoStateAsync(next, nowMs, cancellationToken);
                    }
                },
                cancellationToken);
            state = next;
        }

        return state;
    }

    /// <summary>The demo was emptied while a tick was on its way.</summary>
    private Task EraseAsync(CancellationToken cancellationToken) => scopes.InDemoTransactionAsync(
        async (scope, _, nowMs) =>
        {
            await scope.GetRequiredService<HistoryEraser>().EraseAsync([.. world!.Series.Select(one => one.SeriesId)], cancellationToken);
            await scope.GetRequiredService<RewrittenHistory>().AnnounceAsync(world.SliIds, nowMs, cancellationToken);
        },
        cancellationToken);
}
