using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Series;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Slos;

public sealed class SeriesTests
{
    private static readonly DateTimeOffset Hour = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Series_ByTheMinute_CountsEachMinuteAndLeavesHolesNull()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);
        await stage.App.PlantHistoryAsync(SloStage.Availability.SliId, [(Hour, MinuteCell.OfEvents(90, 100)), (Hour.AddMinutes(2), MinuteCell.OfEvents(100, 100))]);

        var series = (await stage.SendAsync(new GetSloSeries(SloStage.Availability.Id, Hour, Hour.AddMinutes(3), "1m"))).Value;

        Assert.Equal(60, series.StepSeconds);
        Assert.Equal("events", series.Unit);
        Assert.Equal([0.9m, null, 1m], series.Points.Select(point => point.Sli));
        Assert.Equal([90m, 0m, 100m], series.Points.Select(point => point.Good));
        Assert.Equal([1m, 0m, 1m], series.Points.Select(point => point.Coverage));
    }

    [Fact]
    public async Task Series_ByTheHour_SumsWhatItsMinutesCounted()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);
        await stage.PastAsync(SloStage.Availability.SliId, TimeSpan.FromHours(5), TimeSpan.Zero, () => MinuteCell.OfEvents(99, 100));

        var series = (await stage.SendAsync(new GetSloSeries(SloStage.Availability.Id, Hour.AddHours(-2), Hour.AddHours(1), "1h"))).Value;

        Assert.Equal([6000m, 6000m, 6000m], series.Points.Select(point => point.Total));
        Assert.All(series.Points, point => Assert.Equal((0.99m, 1m), (point.Sli, point.Coverage)));
    }

    [Fact]
    public async Task Series_OfLatency_TellsPercentilesOfMergedDurations()
    {
        var slo = SloStage.Availability with { Kind = SliKind.Latency, Threshold = new Threshold(Comparison.LessThan, 200m) };
        await using var stage = await SloStage.SetAsync(slo);
        await stage.PastAsync(slo.SliId, TimeSpan.FromHours(3), TimeSpan.Zero, () =>
        {
            var durations = new LatencyHistogram();
            durations.Add(100m, 90);
            durations.Add(400m, 10);
            return MinuteCell.OfLatencies(durations);
        });

        var point = (await stage.SendAsync(new GetSloSeries(slo.Id, Hour, Hour.AddHours(1), "1h"))).Value.Points[0];

        Assert.Equal((5400m, 6000m), (point.Good, point.Total));
        Assert.InRange(point.P50Ms!.Value, 98m, 102m);
        Assert.InRange(point.P95Ms!.Value, 392m, 408m);
        Assert.InRange(point.P99Ms!.Value, 392m, 408m);
    }

    [Fact]
    public async Task Series_OfMinutesNoLongerKept_ComesByTheHour()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);
        await stage.PastAsync(SloStage.Availability.SliId, TimeSpan.FromHours(5), TimeSpan.FromHours(1), () => MinuteCell.OfEvents(99, 100), condensed: true);

        var series = (await stage.SendAsync(new GetSloSeries(SloStage.Availability.Id, Hour.AddHours(-2), Hour.AddHours(-1), "1m"))).Value;

        Assert.Equal(3600, series.StepSeconds);
        Assert.Equal((5940m, 6000m), (series.Points[0].Good, series.Points[0].Total));
    }

    [Fact]
    public async Task Series_InMaintenance_LeavesForgivenMinutesOut()
    {
        var slo = SloStage.Availability with { Maintenance = new MaintenanceTerms(ExclusionMode.Removed, null, 0) };
        await using var stage = await SloStage.SetAsync(slo);
        await stage.App.PlantHistoryAsync(slo.SliId, Enumerable.Range(0, 60).Select(minute => (Hour.AddMinutes(minute), MinuteCell.OfEvents(minute < 30 ? 0 : 100, 100))));
        await stage.App.PlantMaintenanceAsync("shop", Hour, TimeSpan.FromMinutes(30));

        var point = (await stage.SendAsync(new GetSloSeries(slo.Id, Hour, Hour.AddHours(1), "1h"))).Value.Points[0];

        Assert.Equal((3000m, 3000m, 1m), (point.Good, point.Total, point.Coverage));
    }

    [Theory]
    [InlineData(SeriesStep.MaxPoints, true)]
    [InlineData(SeriesStep.MaxPoints + 1, false)]
    public async Task Series_OfManySteps_IsAnsweredUpToTheMaximum(int steps, bool answered)
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);

        var outcome = await stage.SendAsync(new GetSloSeries(SloStage.Availability.Id, Hour.AddMinutes(-steps), Hour, "1m"));

        Assert.Equal(answered, outcome.Succeeded);
        Assert.Equal(answered ? [] : ["/step"], outcome.Failure?.Faults.Select(fault => fault.Pointer) ?? []);
    }

    [Theory]
    [InlineData(SeriesStep.MaxDays, true)]
    [InlineData(SeriesStep.MaxDays + 1, false)]
    public async Task Series_OfALongSpan_IsAnsweredUpToTheMaximum(int days, bool answered)
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);

        var outcome = await stage.SendAsync(new GetSloSeries(SloStage.Availability.Id, Hour.AddDays(-days), Hour));

        Assert.Equal(answered, outcome.Succeeded);
        Assert.True(outcome.Failure is not null || outcome.Value.Points.Count <= SeriesStep.MaxPoints);
    }

    [Theory]
    [InlineData(60, "1m")]
    [InlineData(360, "1m")]
    [InlineData(1440, "5m")]
    [InlineData(7 * 1440, "30m")]
    [InlineData(30 * 1440, "2h")]
    [InlineData(90 * 1440, "6h")]
    [InlineData(396 * 1440, "1d")]
    public void Step_LeftOpen_IsFineEnoughForAScreen(int minutes, string step) => Assert.Equal(step, SeriesStep.Name(SeriesStep.For(minutes)));

    [Theory]
    [InlineData("7m", false)]
    [InlineData("1M", false)]
    [InlineData("0m", false)]
    [InlineData("m", false)]
    [InlineData("-5m", false)]
    [InlineData("99999999999d", false)]
    [InlineData("60m", true)]
    [InlineData("24h", true)]
    [InlineData("1d", true)]
    public void Step_Written_IsOneOfTheLadder(string text, bool known) => Assert.Equal(known, SeriesStep.TryParse(text, out _));

    [Fact]
    public async Task Series_OfAnUnknownObjective_IsNotFound()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);

        Assert.Equal(FailureKind.NotFound, (await stage.SendAsync(new GetSloSeries("shop/checkout/other"))).Failure?.Kind);
    }

    [Fact]
    public async Task BurnDown_OfARollingWindow_StartsWholeAndEndsWithWhatIsLeft()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);
        await stage.PastAsync(SloStage.Availability.SliId, TimeSpan.FromDays(2), TimeSpan.FromDays(1), () => MinuteCell.OfEvents(100, 100));
        await stage.PastAsync(SloStage.Availability.SliId, TimeSpan.FromHours(10), TimeSpan.FromHours(9), () => MinuteCell.OfEvents(90, 100));

        var burnDown = (await stage.SendAsync(new GetBudgetBurnDown(SloStage.Availability.Id))).Value;

        // 150,000 events at 99 % allow 1,500 bad ones; 600 were.
        Assert.Equal(1500m, burnDown.Total);
        Assert.Equal(1m, burnDown.Points[0].RemainingRatio);
        Assert.Equal(0.6m, burnDown.Points[^1].RemainingRatio);
        Assert.Equal(SloStage.Now, burnDown.Points[^1].At);
        Assert.Equal(burnDown.Points.OrderByDescending(point => point.RemainingRatio), burnDown.Points);
    }

    [Fact]
    public async Task BurnDown_OfACalendarMonth_HoldsTheWholeMonthsTime()
    {
        var slo = SloStage.Availability with { Window = SloWindow.CalendarMonth, Budgeting = BudgetingMethod.Timeslices, TimeSliceTarget = 0.95m };
        await using var stage = await SloStage.SetAsync(slo);
        await stage.PastAsync(slo.SliId, TimeSpan.FromDays(25), TimeSpan.Zero, () => MinuteCell.OfEvents(100, 100));

        var burnDown = (await stage.SendAsync(new GetBudgetBurnDown(slo.Id))).Value;

        Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), burnDown.WindowEnd);
        Assert.InRange(burnDown.Total, 432m * 60 - 60, 432m * 60);
        Assert.Equal(1m, burnDown.Points[^1].RemainingRatio);
    }
}
