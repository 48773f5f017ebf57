using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Application.Telemetry.Self;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Telemetry.Self;

public sealed class SelfMeasurementTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_Answered_AreTheDataOfTheProductsOwnObjectives()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("/api/v1/slos", Token)).StatusCode);
            await app.Http.GetAsync("/livez", Token);
            await app.Http.GetAsync("/css/tokens.css", Token);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await app.Http.GetAsync("/api/v1/slos/no/such/slo", Token)).StatusCode);

        var availability = await UntilAsync(app, "opsdashboard/web/availability");
        Assert.Equal((13m, 13m), (availability.Good, availability.Total));
        // Seen, but of 13 requests one would be eight percent: judging begins at a hundred.
        Assert.Equal((SloState.NoData, 1m), (availability.State, availability.Sli));
        var latency = await UntilAsync(app, "opsdashboard/web/latency-p95");
        Assert.Equal(13m, latency.Total);
    }

    [Fact]
    public async Task Samples_Acknowledged_AreReadBackFromTheStore()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        var at = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/samples")
        {
            Content = JsonContent.Create(new
            {
                batchId = "one",
                samples = Enumerable.Range(1, 20).Select(back => new
                {
                    sli = "mlops/ab-testing/availability",
                    at = at.AddMinutes(-back).UtcDateTime,
                    good = 5,
                    total = 5,
                }),
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AppProcess.IntakeKey);
        Assert.Equal(HttpStatusCode.Accepted, (await app.Http.SendAsync(request, Token)).StatusCode);

        var durability = await UntilAsync(app, "opsdashboard/web/intake-durability");
        Assert.Equal((20m, 20m, SloState.Healthy), (durability.Good, durability.Total, durability.State));
    }

    [Fact]
    public void Meter_Taken_TellsEveryAnswerOnceInItsMinute()
    {
        var clock = new ManualClock(DateTimeOffset.UnixEpoch.AddDays(20_000).AddSeconds(50));
        var meter = new RequestMeter(clock);
        meter.Record(TimeSpan.FromMilliseconds(3), failed: false);
        meter.Record(TimeSpan.FromMilliseconds(900), failed: true);
        clock.Advance(TimeSpan.FromSeconds(20));
        meter.Record(TimeSpan.FromMicroseconds(5), failed: false);
        meter.Record(TimeSpan.FromHours(2), failed: false);

        var taken = meter.Take();

        Assert.Equal([20_000 * 1440, (20_000 * 1440) + 1], taken.Select(minute => minute.Minute));
        Assert.Equal([(1L, 2L), (2L, 2L)], taken.Select(minute => (minute.Good, minute.Total)));
        Assert.All(taken, minute => Assert.Equal(2, minute.Durations.Sum(duration => duration.Count)));
        Assert.Empty(meter.Take());
    }

    [Fact]
    public void Meter_Durations_LieBelowTheirBoundByLessThanTwoPercent()
    {
        var meter = new RequestMeter(new ManualClock(DateTimeOffset.UnixEpoch.AddDays(20_000)));
        foreach (var micros in new long[] { 64, 65, 127, 128, 129, 999, 249_999, 250_000, 1_234_567, 60_000_000 })
        {
            meter.Record(TimeSpan.FromMicroseconds(micros), failed: false);
            var bound = Assert.Single(Assert.Single(meter.Take()).Durations).BoundMicros;
            Assert.InRange(bound - micros, 1, Math.Max(1, micros / 60));
        }
    }

    [Fact]
    public async Task Meter_ManyAtOnce_LosesNothing()
    {
        var meter = new RequestMeter(new ManualClock(DateTimeOffset.UnixEpoch.AddDays(20_000)));
        const int Each = 20_000;
        var recording = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () =>
            {
                for (var i = 0; i < Each; i++)
                {
                    meter.Record(TimeSpan.FromMilliseconds(1), failed: i % 4 == 0);
                }
            },
            Token)));
        var (total, good, timed) = (0L, 0L, 0L);
        do
        {
            foreach (var minute in meter.Take())
            {
                Assert.InRange(minute.Good, 0, minute.Total);
                (total, good, timed) = (total + minute.Total, good + minute.Good, timed + minute.Durations.Sum(duration => duration.Count));
            }
        }
        while (!recording.IsCompleted || total < 4 * Each);

        await recording;
        timed += meter.Take().Sum(minute => minute.Durations.Sum(duration => duration.Count));
        Assert.Equal((4 * Each, 3 * Each, 4 * Each), (total, good, timed));
    }

    private static async Task<SloStatus> UntilAsync(InProcessApp app, string slo) => (await app.UntilAsync(
        ("slo", slo),
        async () =>
        {
            await using var scope = app.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CallerContext>().Current = TestCallers.Viewer;
            return await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(new GetSloStatus(slo), Token);
        },
        outcome => outcome.Succeeded && outcome.Value.Total >= 13,
        Token)).Value;
}
