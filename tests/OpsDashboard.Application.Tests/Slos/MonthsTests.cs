using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.History;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Slos;

public sealed class MonthsTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 10, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualClock _clock = new(Now);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Months_WhileHistoryIsStillWritten_AreNotClosed()
    {
        await using var app = await StartAsync();
        await TellAsync(app, history => history.UnderWayAsync(_clock.NowMs(), Token));
        Assert.Equal(0, await app.Services.GetRequiredService<MonthCloser>().CloseAsync(Token));

        // Its writer died: after five minutes nobody waits for it any more.
        _clock.StepTo(Now + HistoryUnderWay.HoldsFor);
        Assert.Equal(2, await app.Services.GetRequiredService<MonthCloser>().CloseAsync(Token));
    }

    [Fact]
    public async Task Months_OnceHistoryIsInPlace_AreClosedSoonAndTheOpenOneIsCountedAnew()
    {
        await using var app = await StartAsync();
        await TellAsync(app, history => history.UnderWayAsync(_clock.NowMs(), Token));
        var months = app.Services.GetRequiredService<SloMonths>();
        var may = Assert.Single(await months.ReadAsync(new YearMonth(2026, 5), new YearMonth(2026, 5), Token));

        await app.WriteHistoryAsync("shop/checkout/availability", Now.AddDays(-1), Now, _ => MinuteCell.OfEvents(0, 100));
        await TellAsync(app, history => history.AnnounceAsync(["shop/checkout/availability"], _clock.NowMs(), Token));
        await UntilAsync(async () =>
        {
            await using var scope = app.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<SloMonthRow>().CountAsync(Token) == 2;
        });
        await UntilAsync(async () => Assert.Single(await months.ReadAsync(new YearMonth(2026, 5), new YearMonth(2026, 5), Token)).Sli < may.Sli);
    }

    [Fact]
    public async Task Month_OfWhichTooLittleWasSeen_IsNeitherKeptNorBreachedOpenOrClosed()
    {
        var seen = Seeding.Availability("shop", "search", "availability");
        var seldom = seen with { Id = "shop/search/seldom", SliId = "shop/search/seldom", MinimumEvents = 1_000 };
        await using var app = await InProcessApp.StartAsync(Token, _clock);
        await app.SeedAsync(seen, seldom);
        var start = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
        // All that was asked failed: of one, in the month's first ten days, of which nothing came after; of the other, ten requests a month.
        await app.WriteHistoryAsync(seen.SliId, start, start.AddDays(10), _ => MinuteCell.OfEvents(0, 100));
        await app.WriteHistoryAsync(seldom.SliId, start, Now, minute => MinuteCell.OfEvents(0, minute % 4_320 == 0 ? 1 : 0));
        await app.TellRewrittenAsync(seen.SliId, seldom.SliId);
        app.Services.GetRequiredService<OpenMonths>().Forget();
        var months = app.Services.GetRequiredService<SloMonths>();

        var open = await months.ReadAsync(new YearMonth(2026, 4), new YearMonth(2026, 5), Token);
        await app.Services.GetRequiredService<MonthCloser>().CloseAsync(Token);
        var closed = await months.ReadAsync(new YearMonth(2026, 4), new YearMonth(2026, 4), Token);

        // May holds nothing of the first.
        Assert.Equal(3, open.Count);
        Assert.All([.. open, .. closed], month => Assert.Equal((SloState.NoData, false), (month.State, month.IsJudged)));
        Assert.Equal(2, closed.Count(month => month is { IsClosed: true, Sli: not null }));
    }

    /// <summary>The worker looks about once a second; the count a reader was given before would stay usable for fifteen minutes.</summary>
    private Task UntilAsync(Func<Task<bool>> condition) => Eventually.TrueAsync(
        () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(500));
            return condition();
        },
        Token);

    private async Task<InProcessApp> StartAsync()
    {
        var app = await InProcessApp.StartAsync(Token, _clock);
        var slo = Seeding.Availability("shop", "checkout", "availability");
        await app.SeedAsync(slo);
        await app.WriteHistoryAsync(slo.SliId, new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), Now, _ => MinuteCell.OfEvents(99, 100));
        // Written behind the product's back: the public status page may have asked for the months before.
        app.Services.GetRequiredService<OpenMonths>().Forget();
        return app;
    }

    private static async Task TellAsync(InProcessApp app, Func<RewrittenHistory, Task> tell)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await tell(scope.ServiceProvider.GetRequiredService<RewrittenHistory>());
        await scope.ServiceProvider.GetRequiredService<OpsDbContext>().SaveChangesAsync(Token);
        scope.ServiceProvider.GetRequiredService<FeedSignal>().Nudge();
    }
}
