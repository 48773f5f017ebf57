using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Application.Telemetry.Retention;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Slos;

public sealed class RetentionTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 10, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Minutes_OlderThanFortyDays_AreCondensedOnlyOnceTheirMonthIsClosed()
    {
        await using var app = await StartAsync(Now.AddDays(-60));
        var retention = app.Services.GetRequiredService<Retention>();
        Assert.Equal(0, await retention.RunAsync(Now.ToUnixTimeMilliseconds(), Token));

        await app.Services.GetRequiredService<MonthCloser>().CloseAsync(Token);
        Assert.Equal(20 * 24, await retention.RunAsync(Now.ToUnixTimeMilliseconds(), Token));
        Assert.Equal(0, await retention.RunAsync(Now.ToUnixTimeMilliseconds(), Token));

        // The product measures itself too: what counts is the series of this test.
        Assert.True(app.Services.GetRequiredService<SeriesDirectory>().TryFind("shop/checkout/availability", out var series));
        var rows = (await RowsAsync<HourChunkRow>(app)).Where(row => row.SeriesId == series.Id).ToList();
        Assert.Equal(60 * 24, rows.Count);
        Assert.Equal(20 * 24, rows.Count(row => HourChunk.Decode(row.Data).IsCondensed));
        Assert.All(rows, row => Assert.Equal(60 * 100, row.Total));
    }

    [Fact]
    public async Task Hours_OlderThanThirteenMonths_BecomeDaysWithTheSameSums()
    {
        await using var app = await StartAsync(Now.AddDays(-415), Now.AddDays(-400));
        await app.Services.GetRequiredService<Retention>().RunAsync(Now.ToUnixTimeMilliseconds(), Token);

        var days = await RowsAsync<DayRow>(app);
        var hours = await RowsAsync<HourChunkRow>(app);
        Assert.NotEmpty(days);
        Assert.Equal(15L * 24 * 60 * 100, days.Sum(day => day.Total) + hours.Sum(hour => hour.Total));
        Assert.All(hours, hour => Assert.True(hour.Hour >= (Now.AddDays(-403).ToUnixTimeSeconds() / 86_400 * 24)));
    }

    private static async Task<InProcessApp> StartAsync(DateTimeOffset from, DateTimeOffset? to = null)
    {
        var app = await InProcessApp.StartAsync(Token, new ManualClock(Now));
        var slo = Seeding.Availability("shop", "checkout", "availability");
        await app.SeedAsync(slo);
        await app.WriteHistoryAsync(slo.SliId, from, to ?? Now, _ => MinuteCell.OfEvents(99, 100));
        return app;
    }

    private static async Task<List<T>> RowsAsync<T>(InProcessApp app)
        where T : class
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<T>().AsNoTracking().ToListAsync(Token);
    }
}
