using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Demo;

/// <summary>How far the story has been told; kept in the store, so that any process goes on where another was killed.</summary>
internal sealed record DemoState
{
    public required DateTimeOffset Anchor { get; init; }

    public required int HistoryDays { get; init; }

    /// <summary>First hour of the stretch that is being filled, or was last.</summary>
    public required int FromHour { get; init; }

    /// <summary>Everything before this tick is told.</summary>
    public required long NextTick { get; init; }

    /// <summary>Whole hours are being written; false once the feed has taken over.</summary>
    public required bool Filling { get; init; }

    /// <summary>So many chapters stand in the store.</summary>
    public int Chapters { get; init; }

    public double HoursPerSecond { get; init; }
}

/// <summary>What a person decided about the demo.</summary>
internal enum DemoSwitch
{
    On,

    /// <summary>No more history; the feed goes on.</summary>
    FillCancelled,

    /// <summary>The demo ended; its history is gone.</summary>
    Emptied,
}

/// <summary>The demo's rows among the settings.</summary>
internal static class DemoSettings
{
    public const string Topic = "demo";
    public const string Key = "progress";

    private const string StateName = "demo.state";
    private const string SwitchName = "demo.switch";

    public static async Task<(DemoState? State, DemoSwitch Switch)> ReadDemoAsync(this OpsDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.Set<SettingRow>().AsNoTracking()
            .Where(row => row.Name == StateName || row.Name == SwitchName)
            .ToDictionaryAsync(row => row.Name, row => row.Value, StringComparer.Ordinal, cancellationToken);
        return (
            rows.TryGetValue(StateName, out var state) ? JsonSerializer.Deserialize<DemoState>(state, StoreJson.Options) : null,
            rows.TryGetValue(SwitchName, out var position) ? Enum.Parse<DemoSwitch>(position) : DemoSwitch.On);
    }

    /// <summary>Saves nothing by itself.</summary>
    public static async Task PutDemoStateAsync(this OpsDbContext db, DemoState state, long nowMs, CancellationToken cancellationToken)
    {
        await PutAsync(db, StateName, JsonSerializer.Serialize(state, StoreJson.Options), cancellationToken);
        db.Announce(nowMs, (Topic, Key));
    }

    /// <summary>Saves nothing by itself.</summary>
    public static async Task PutDemoSwitchAsync(this OpsDbContext db, DemoSwitch position, long nowMs, CancellationToken cancellationToken)
    {
        await PutAsync(db, SwitchName, position.ToString(), cancellationToken);
        db.Announce(nowMs, (Topic, Key));
    }

    /// <summary>Runs the work in one transaction and nudges the tailers.</summary>
    public static async Task InDemoTransactionAsync(
        this IServiceScopeFactory scopes,
        Func<IServiceProvider, OpsDbContext, long, Task> work,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().NowMs();
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await work(scope.ServiceProvider, db, now);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        });
        scope.ServiceProvider.GetRequiredService<FeedSignal>().Nudge();
    }

    private static async Task PutAsync(OpsDbContext db, string name, string value, CancellationToken cancellationToken)
    {
        var row = await db.Set<SettingRow>().SingleOrDefaultAsync(setting => setting.Name == name, cancellationToken);
        if (row is null)
        {
            db.Add(new SettingRow { Name = name, Value = value });
        }
        else
        {
            row.Value = value;
        }
    }
}
