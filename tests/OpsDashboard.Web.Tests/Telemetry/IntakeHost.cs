using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Telemetry;

/// <summary>One host for the tests of the intake, at an instant that stands still, with a series of each kind.</summary>
public sealed class IntakeHost : IAsyncLifetime
{
    public const string Availability = "shop/checkout/availability";
    public const string Latency = "shop/checkout/latency";
    public const string Queue = "shop/checkout/queue";

    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 30, TimeSpan.Zero);

    public static readonly SloDefinition[] Objectives =
    [
        Seeding.Availability("shop", "checkout", "availability"),
        Seeding.Availability("shop", "checkout", "latency") with { Kind = SliKind.Latency, Threshold = new Threshold(Comparison.LessThan, 250m), Unit = "ms" },
        Seeding.Availability("shop", "checkout", "queue") with { Kind = SliKind.Value, Threshold = new Threshold(Comparison.LessThan, 0.8m) },
    ];

    private InProcessApp? app;

    public InProcessApp App => app!;

    public HttpClient Http => App.Http;

    public HttpClient Anonymous => App.Anonymous;

    public static async Task<InProcessApp> StartAsync(params string[] settings)
    {
        var started = await InProcessApp.StartAsync(CancellationToken.None, new ManualClock(Now), settings: settings);
        await started.SeedAsync(Objectives);
        return started;
    }

    public async ValueTask InitializeAsync() => app = await StartAsync();

    public ValueTask DisposeAsync() => App.DisposeAsync();

    /// <summary>What is stored of a minute, straight from the store.</summary>
    public async Task<MinuteCell?> StoredAsync(string sli, DateTimeOffset at, CancellationToken token)
    {
        Assert.True(App.Services.GetRequiredService<SeriesDirectory>().TryFind(sli, out var series));
        var minute = TimeIndex.MinuteOf(at.ToUnixTimeMilliseconds());
        var hour = TimeIndex.HourOf(minute);
        await foreach (var stored in App.Services.GetRequiredService<StoredHours>().OfSeriesAsync(series!.Id, hour, hour + 1, token))
        {
            return HourChunk.Decode(stored.Data).TryGet(TimeIndex.MinuteOfHour(minute), out var cell) ? cell : null;
        }

        return null;
    }
}
