using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Dashboards.Executive;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Dashboards;

public sealed class ExecutiveMonthTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 10, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Month_WithTwentyMinutesDown_IsBreachedAndSaysSo()
    {
        await using var app = await StartAsync();
        var april = await SendAsync(app, new GetExecutiveMonth("2026-04", "shop"));

        Assert.Equal((1, 0, 1), (april.Figures.Measured, april.Figures.Met, april.Figures.Breached));
        // April has 43,200 minutes: 99.95 % allows 21 m 36 s, and 30 minutes were down.
        var breach = Assert.Single(april.Breaches);
        Assert.Equal("uptime of checkout came to 99.93 % against a target of 99.95 %: 30 m 0 s bad where 21 m 36 s were allowed.", breach.Sentence.Replace("99.930", "99.93", StringComparison.Ordinal));
        Assert.Equal(SloState.Breached, april.Compliance.Single(row => row.Service is null).Cells[^1].State);
        Assert.Equal(SloState.NoData, april.Compliance.Single(row => row.Service is null).Cells[0].State);
        Assert.StartsWith("So far in April 2026 0 of 1 objectives keep within their error budget, worse than in March (0 breaches).", april.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Month_Closed_KeepsItsFigureWhenTheTargetIsEditedLater()
    {
        await using var app = await StartAsync();
        var closer = app.Services.GetRequiredService<MonthCloser>();
        Assert.Equal(2, await closer.CloseAsync(Token));
        Assert.Equal(0, await closer.CloseAsync(Token));

        await app.SeedAsync(Slo() with { Target = 0.9m });
        var april = await SendAsync(app, new GetExecutiveMonth("2026-04", "shop"));
        Assert.True(april.IsClosed);
        Assert.Equal(1, april.Figures.Breached);
        Assert.StartsWith("In April 2026 0 of 1 objectives kept within", april.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-13", "month.format")]
    [InlineData("April", "month.format")]
    [InlineData("2026-06", "month.future")]
    public async Task Month_NotOne_IsRefusedByRule(string month, string rule)
    {
        await using var app = await InProcessApp.StartAsync(Token, new ManualClock(Now));
        var outcome = await app.AskAsync(new GetExecutiveMonth(month), Token);
        Assert.Equal(rule, Assert.Single(outcome.Failure!.Faults).Rule);
    }

    private static async Task<InProcessApp> StartAsync()
    {
        var app = await InProcessApp.StartAsync(Token, new ManualClock(Now));
        var slo = Slo();
        await app.SeedAsync(slo);
        var down = (int)(new DateTimeOffset(2026, 4, 13, 9, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() / 60);
        await app.WriteHistoryAsync(
            slo.SliId,
            new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero),
            Now,
            minute => MinuteCell.OfEvents(minute >= down && minute < down + 30 ? 0 : 100, 100));
        // Written behind the product's back: the public status page may have asked for the months before.
        app.Services.GetRequiredService<OpenMonths>().Forget();
        return app;
    }

    private static SloDefinition Slo() => Seeding.Availability("shop", "checkout", "uptime", 0.9995m) with
    {
        Budgeting = BudgetingMethod.Timeslices,
        TimeSliceTarget = 0.95m,
        Window = SloWindow.CalendarMonth,
    };

    private static async Task<ExecutiveMonth> SendAsync(InProcessApp app, GetExecutiveMonth request)
    {
        var outcome = await app.AskAsync(request, Token);
        return outcome.Value;
    }
}
