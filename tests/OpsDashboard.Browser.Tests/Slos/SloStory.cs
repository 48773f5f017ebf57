using System.Net.Http.Headers;
using System.Net.Http.Json;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Browser.Tests.Slos;

/// <summary>A running program with two objectives that have five weeks behind them and an outage three days ago.</summary>
internal static class SloStory
{
    public static readonly SloDefinition Availability = new()
    {
        Id = "shop/checkout/availability",
        SliId = "shop/checkout/availability",
        Name = "Checkout availability",
        Platform = "shop",
        Service = "checkout",
        Description = "Requests answered without a server error.",
        Kind = SliKind.Ratio,
        Target = 0.99m,
        Budgeting = BudgetingMethod.Occurrences,
        Window = SloWindow.RollingDays(30),
        AlertRules = BurnAlertRules.DefaultsFor(SloWindow.RollingDays(30), 0.99m),
        Maintenance = new MaintenanceTerms(ExclusionMode.Removed, 4 * 3600, 0),
        Clauses = [new Clause("Shop SLA", "1.1 Availability", "99% uptime")],
        Disagreements = [new Disagreement("shop/checkout/latency-p95", "One counts errors, the other slow answers; the contract calls both uptime.")],
    };

    public static readonly SloDefinition Latency = Availability with
    {
        Id = "shop/checkout/latency-p95",
        SliId = "shop/checkout/latency",
        Name = "Checkout latency p95",
        Kind = SliKind.Latency,
        Target = 0.95m,
        Threshold = new Threshold(Comparison.LessThan, 200m),
        Percentile = 95,
        AlertRules = BurnAlertRules.DefaultsFor(SloWindow.RollingDays(30), 0.95m),
        Maintenance = null,
        Clauses = [new Clause("Shop SLA", "1.2 Latency", "p95 < 200ms")],
        Disagreements = [],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<InProcessApp> BeginAsync()
    {
        var app = await InProcessApp.StartAsync(Token);
        var now = TimeProvider.System.GetUtcNow();
        var minute = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        await app.PlantAsync(Availability, now.AddDays(-60));
        await app.PlantAsync(Latency, now.AddDays(-60));
        await app.PlantMaintenanceAsync("shop", minute.AddDays(-7), TimeSpan.FromHours(2));
        var past = Enumerable.Range(1, 35 * 24 * 60).Select(back => (At: minute.AddMinutes(-back), Back: back)).ToList();
        await app.PlantHistoryAsync(Availability.SliId, past.Select(one => (one.At, MinuteCell.OfEvents(Good(one.Back), 200))));
        await app.PlantHistoryAsync(Latency.SliId, past.Take(7 * 24 * 60).Select(one => (one.At, Durations(one.Back))));
        await app.JudgeAsync(Availability.Id, Token);
        await app.JudgeAsync(Latency.Id, Token);
        return app;
    }

    /// <summary>A minute that failed altogether, by the way of a real sample.</summary>
    public static async Task FailNowAsync(InProcessApp app, int events)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/samples")
        {
            Content = JsonContent.Create(new
            {
                batchId = Guid.NewGuid().ToString(),
                samples = new[] { new { sli = Availability.SliId, at = TimeProvider.System.GetUtcNow(), good = 0, total = events } },
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AppProcess.IntakeKey);
        using var response = await app.Http.SendAsync(request, Token);
        response.EnsureSuccessStatusCode();
    }

    // One event in 200 fails now and then, and for forty minutes, three days ago, most do.
    private static int Good(int back) => back is > 4320 and < 4360 ? 40 : back % 9 == 0 ? 199 : 200;

    private static MinuteCell Durations(int back)
    {
        var durations = new LatencyHistogram();
        durations.Add(80m + (back % 40), 90);
        durations.Add(150m, 7);
        durations.Add(back % 700 < 30 ? 900m : 240m, 3);
        return MinuteCell.OfLatencies(durations);
    }
}

/// <summary>The story for tests that only look at it.</summary>
public sealed class SloStoryApp : IAsyncLifetime
{
    public InProcessApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await SloStory.BeginAsync();

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
