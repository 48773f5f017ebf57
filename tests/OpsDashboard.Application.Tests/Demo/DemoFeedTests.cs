using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Demo;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Demo;

public sealed class DemoFeedTests
{
    private static readonly string[] TwoDays = ["Demo:Enabled=true", "Demo:HistoryDays=2"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Feed_ThroughTheIntake_StoresTheMinutesOfTheStoryOnce()
    {
        using var directory = new TempDirectory();
        var store = new StoredDemo(directory.FullPath);
        await using (var app = await InProcessApp.StartAsync(Token, dataDirectory: directory.FullPath, settings: TwoDays))
        {
            await CaughtUpAsync(store);
        }

        // A process that was away for five hours finds them missing, and the hour it was stopped in half told.
        var state = store.State()!;
        var back = (long)DemoTicks.MinuteOf(state.NextTick - (5 * DemoTicks.PerHour)) * DemoTicks.PerMinute;
        store.Execute($"UPDATE Settings SET Value = replace(Value, '{state.NextTick}', '{back}') WHERE Name = 'demo.state'");
        store.Execute($"DELETE FROM HourChunks WHERE Hour > {DemoTicks.HourOf(back)}");
        store.Execute("DELETE FROM IntakeBatches");
        ClearRest(store, back);
        await using (var app = await InProcessApp.StartAsync(Token, dataDirectory: directory.FullPath, settings: TwoDays))
        {
            await CaughtUpAsync(store);
            Assert.True(store.Count("IntakeBatches WHERE Id LIKE 'demo/%'") > 0);
        }

        AssertToldToTheMinute(store, DemoTicks.HourOf(back) - 1);
    }

    [Fact]
    public async Task Feed_OfTwoProcesses_IsToldByOneAndTakenOverWhenItDies()
    {
        using var directory = new TempDirectory();
        var options = new AppProcessOptions
        {
            DataDirectory = directory.FullPath,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Demo__Enabled"] = "true", ["Demo__HistoryDays"] = "1" },
        };
        var store = new StoredDemo(directory.FullPath);
        await using var first = await AppProcess.StartAsync(options, Token);
        await CaughtUpAsync(store);
        await using var second = await AppProcess.StartAsync(options, Token);
        var held = store.Count("Leases WHERE Name = 'demo' AND Token = 1");
        await first.Kill9Async(Token);
        var sent = store.Count("IntakeBatches WHERE Id LIKE 'demo/%'");

        await Eventually.TrueAsync(() => store.Count("IntakeBatches WHERE Id LIKE 'demo/%'") > sent, Token);

        Assert.Equal(1, held);
        Assert.Equal(1, store.Count("Leases WHERE Name = 'demo' AND Token = 2"));
        AssertToldToTheMinute(store, DemoTicks.HourOf(store.State()!.NextTick) - 3);
    }

    [Fact]
    public async Task StartEmpty_WithTheWord_RemovesHistoryAndFeedAndKeepsTheCatalog()
    {
        await using var app = await InProcessApp.StartAsync(Token, settings: TwoDays);
        var store = new StoredDemo(app.DataDirectory);
        await CaughtUpAsync(store);
        await app.UntilAsync(("dashboard", "operations"), () => ListAsync(app), list => list.Any(status => status.State == SloState.Healthy), Token);
        var objectives = (await ListAsync(app)).Count;

        var unconfirmed = await SendAsync(app, new StartEmpty("yes"));
        Assert.Equal(FailureKind.Invalid, unconfirmed.Failure!.Kind);
        Assert.True((await SendAsync(app, new StartEmpty(StartEmpty.Expected))).Succeeded);
        Assert.Equal(FailureKind.Conflict, (await SendAsync(app, new StartEmpty(StartEmpty.Expected))).Failure!.Kind);

        var demo = string.Join(',', store.Series().Where(one => !one.Key.StartsWith("opsdashboard/", StringComparison.Ordinal)).Select(one => one.Value));
        await Eventually.TrueAsync(() => store.Count($"HourChunks WHERE SeriesId IN ({demo})") == 0, Token);
        await Eventually.TrueAsync(
            async () => (await ListAsync(app)).Where(status => status.Platform != "opsdashboard").All(status => status.State == SloState.NoData),
            Token);
        Assert.Equal(objectives, (await ListAsync(app)).Count);
        Assert.Equal(0, store.Count("MaintenanceWindows"));
        Assert.Equal(DemoPhase.Off, (await SendAsync(app, new GetDemoProgress())).Value.Phase);
    }

    [Fact]
    public async Task Fill_Cancelled_LeavesWhatIsThereAndFeedsOn()
    {
        await using var app = await InProcessApp.StartAsync(Token, settings: ["Demo:Enabled=true", "Demo:HistoryDays=400"]);
        var store = new StoredDemo(app.DataDirectory);
        await app.UntilAsync(("demo", "progress"), () => SendAsync(app, new GetDemoProgress()), outcome => outcome.Value.DoneHours > 0, Token);

        Assert.True((await SendAsync(app, new CancelDemoFill())).Succeeded);

        var ended = await app.UntilAsync(
            ("demo", "progress"), () => SendAsync(app, new GetDemoProgress()), outcome => outcome.Value.Phase == DemoPhase.Running, Token);
        Assert.True(ended.Succeeded);
        Assert.True(store.Count("HourChunks") is > 0 and < 400 * 24 * 50);
        await Eventually.TrueAsync(() => store.Count("IntakeBatches WHERE Id LIKE 'demo/%'") > 0, Token);
        Assert.Equal(FailureKind.Conflict, (await SendAsync(app, new CancelDemoFill())).Failure!.Kind);
    }

    [Fact]
    public async Task Key_MadeAtTheFirstStart_WritesAndStaysTheSame()
    {
        using var directory = new TempDirectory();
        string first;
        await using (var app = await InProcessApp.StartAsync(Token, dataDirectory: directory.FullPath, settings: TwoDays))
        {
            first = await KeyAsync(app);
            Assert.Equal("demo", app.Services.GetRequiredService<KeyRing>().Find(first));
            Assert.Equal(32, first.Length);
        }

        await using var again = await InProcessApp.StartAsync(Token, dataDirectory: directory.FullPath, settings: TwoDays);
        Assert.Equal(first, await KeyAsync(again));
        Assert.Equal("demo", again.Services.GetRequiredService<KeyRing>().Find(first));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(401)]
    public void HistoryDays_OutOfRange_AreRefused(int days) =>
        Assert.True(new DemoOptionsValidator().Validate(null, new DemoOptions { HistoryDays = days }).Failed);

    [Theory]
    [InlineData(1)]
    [InlineData(400)]
    public void HistoryDays_AtTheirLimits_AreTaken(int days) =>
        Assert.True(new DemoOptionsValidator().Validate(null, new DemoOptions { HistoryDays = days }).Succeeded);

    private static async Task CaughtUpAsync(StoredDemo store) => await Eventually.TrueAsync(
        () => store.State() is { Filling: false } state && DemoTicks.MinuteOf(state.NextTick) >= Now() - 1,
        Token,
        TimeSpan.FromSeconds(90));

    private static int Now() => TimeIndex.MinuteOf(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Takes the ticks from here on out of the hour, as if they had never been sent.</summary>
    private static void ClearRest(StoredDemo store, long fromTick)
    {
        var hour = DemoTicks.HourOf(fromTick);
        var minute = DemoTicks.MinuteOf(fromTick) % 60;
        foreach (var (seriesId, data) in store.Hours().Where(one => one.Key.Hour == hour).Select(one => (one.Key.SeriesId, one.Value)))
        {
            var (was, kept) = (HourChunk.Decode(data), new HourChunk());
            for (var at = 0; at < minute; at++)
            {
                if (was.TryGet(at, out var cell))
                {
                    kept.Merge(at, cell);
                }
            }

            store.Execute(kept.Seen == 0
                ? $"DELETE FROM HourChunks WHERE Hour = {hour} AND SeriesId = {seriesId}"
                : $"UPDATE HourChunks SET Data = x'{Convert.ToHexString(kept.Encode())}' WHERE Hour = {hour} AND SeriesId = {seriesId}");
        }
    }

    private static void AssertToldToTheMinute(StoredDemo store, int fromHour)
    {
        var last = DemoTicks.MinuteOf(store.State()!.NextTick) - 1;
        var told = store.Told(fromHour, TimeIndex.HourOf(last) + 1);
        var stored = store.Hours();
        foreach (var ((seriesId, hour), data) in told)
        {
            var (expected, found) = (HourChunk.Decode(data), stored.TryGetValue((seriesId, hour), out var there) ? HourChunk.Decode(there) : new HourChunk());
            for (var at = 0; at < 60 && (hour * 60) + at <= last; at++)
            {
                var both = (expected.TryGet(at, out var one), found.TryGet(at, out var other));
                Assert.Equal(both.Item1, both.Item2);
                AssertSameCell(one, other);
            }
        }
    }

    private static void AssertSameCell(MinuteCell expected, MinuteCell found)
    {
        Assert.Equal((expected.Good, expected.Total, expected.ValueSumMicros, expected.ValueCount), (found.Good, found.Total, found.ValueSumMicros, found.ValueCount));
        Assert.Equal(expected.Histogram?.Encode(), found.Histogram?.Encode());
    }

    private static async Task<IReadOnlyList<SloStatus>> ListAsync(InProcessApp app) =>
        (await SendAsync(app, new ListSloStatuses())).Value;

    private static async Task<Outcome<T>> SendAsync<T>(InProcessApp app, MediatR.IRequest<Outcome<T>> request)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = TestCallers.Viewer;
        return await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, Token);
    }

    private static async Task<string> KeyAsync(InProcessApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<SettingRow>().SingleAsync(row => row.Name == "demo.key", Token)).Value;
    }
}
