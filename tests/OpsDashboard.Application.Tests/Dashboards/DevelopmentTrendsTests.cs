using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Dashboards.Development;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Dashboards;

public sealed class DevelopmentTrendsTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Trends_ServiceTwiceAsSlowAsTheDayBefore_ShowBothPercentilesAndErrorRates()
    {
        var token = TestContext.Current.CancellationToken;
        await using var app = await InProcessApp.StartAsync(token, new ManualClock(Now));
        var errors = Seeding.Availability("shop", "checkout", "availability");
        var latency = errors with
        {
            Id = "shop/checkout/latency",
            SliId = "shop/checkout/latency",
            Kind = SliKind.Latency,
            Threshold = new Threshold(Comparison.LessThan, 100m),
        };
        await app.SeedAsync(errors, latency);
        var turn = (int)(Now.AddHours(-24).ToUnixTimeSeconds() / 60);
        await app.WriteHistoryAsync(errors.SliId, Now.AddHours(-48), Now, minute => MinuteCell.OfEvents(minute < turn ? 99 : 98, 100));
        await app.WriteHistoryAsync(latency.SliId, Now.AddHours(-48), Now, minute => MinuteCell.OfLatencies(Of(minute < turn ? 50m : 100m)));

        var outcome = await app.AskAsync(new GetDevelopmentTrends(TrendSpan.Day, "shop"), token);
        var service = Assert.Single(outcome.Value.Services);
        Assert.Equal(0.02m, service.Errors!.Now);
        Assert.Equal(0.01m, service.Errors.Before);
        Assert.Equal((144_000, 2_880), (service.Errors.Requests, service.Errors.Failed));
        Assert.InRange(service.Latency!.Now.P95!.Value, 98m, 102m);
        Assert.InRange(service.Latency.Before.P95!.Value, 49m, 51m);
        Assert.Equal(30, service.Latency.P95Points.Count);
    }

    private static LatencyHistogram Of(decimal milliseconds)
    {
        var histogram = new LatencyHistogram();
        histogram.Add(milliseconds, 100);
        return histogram;
    }
}
