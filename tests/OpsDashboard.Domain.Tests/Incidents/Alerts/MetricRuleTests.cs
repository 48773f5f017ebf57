using OpsDashboard.Domain.Incidents.Alerts;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Tests.Incidents.Alerts;

public sealed class MetricRuleTests
{
    private const int Last = 1_000;

    private static readonly MetricRule Gauge = new()
    {
        Id = "p/r",
        Platform = "p",
        Name = "Disk",
        SliIds = ["p/s/disk"],
        Level = AlertLevel.Critical,
        Measure = MetricMeasure.Mean,
        Limit = 85,
        RecoversAt = 80,
        WindowMinutes = 1,
        ForMinutes = 2,
        Clause = new Clause("d", "s", "q"),
    };

    [Theory]
    [InlineData("86 86 86", MetricRuleState.Firing, -2)]
    [InlineData("85 86 86", MetricRuleState.Pending, -1)]
    [InlineData("86 86 85", MetricRuleState.Fine, null)]
    [InlineData("86 - 86", MetricRuleState.Pending, 0)]
    [InlineData("86 86 -", MetricRuleState.NoData, null)]
    public void Rule_ThatIsQuiet_FiresOnceABreachHasLasted(string values, MetricRuleState state, int? since)
    {
        var verdict = Judge(Gauge, values, null);

        Assert.Equal((state, since is { } back ? Last + back : (int?)null), (verdict.State, verdict.SinceMinute));
    }

    [Theory]
    [InlineData("84 84 84", MetricRuleState.Firing)]
    [InlineData("80 80 80", MetricRuleState.Fine)]
    [InlineData("80 - 80", MetricRuleState.Firing)]
    [InlineData("- - -", MetricRuleState.Firing)]
    [InlineData("81 80 80", MetricRuleState.Firing)]
    public void Rule_ThatFires_EndsOnlyOnMeasuredMinutesOnTheGoodSide(string values, MetricRuleState state)
    {
        var verdict = Judge(Gauge, values, Last - 30);

        Assert.Equal((state, state == MetricRuleState.Firing ? Last - 30 : (int?)null), (verdict.State, verdict.SinceMinute));
    }

    [Fact]
    public void Silence_OfWhatReportedToday_IsABreachWhereTheRuleSaysSo()
    {
        var rule = Gauge with { MissingData = MissingData.Breach };

        Assert.Equal(MetricRuleState.Firing, Judge(rule, "- 99 -", null).State);
        Assert.Equal(MetricRuleState.NoData, MetricRuleEvaluation.Judge(rule, _ => null, Last, null, reportedToday: false).State);
        Assert.Equal(MetricRuleState.Firing, MetricRuleEvaluation.Judge(rule, _ => null, Last, null, reportedToday: true).State);
    }

    [Fact]
    public void Limit_FromBelow_IsBreachedBelow()
    {
        var rule = Gauge with { Limit = 30, BreachedBelow = true, RecoversAt = 31 };

        Assert.Equal([true, false, false], new[] { 29.9m, 30m, 31m }.Select(rule.IsBreach));
        Assert.Equal([false, false, true], new[] { 29.9m, 30m, 31m }.Select(rule.IsRecovery));
    }

    [Fact]
    public void Measures_ReadWhatTheirSeriesHold()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(100m, 98);
        histogram.Add(5_000m, 2);
        var events = Gauge with { Measure = MetricMeasure.ErrorPercent, WindowMinutes = 2 };

        Assert.Equal(7.5m, MetricRuleEvaluation.Value(events, minute => MinuteCell.OfEvents(minute == Last ? 90 : 95, 100), Last));
        Assert.Null(MetricRuleEvaluation.Value(events, _ => MinuteCell.OfEvents(0, 0), Last));
        Assert.InRange(MetricRuleEvaluation.Value(Gauge with { Measure = MetricMeasure.LatencyPercentile, Percentile = 99 }, _ => MinuteCell.OfLatencies(histogram), Last)!.Value, 4_900, 5_100);
        Assert.Equal(200, MetricRuleEvaluation.Value(events with { Measure = MetricMeasure.Events }, _ => MinuteCell.OfEvents(1, 100), Last));
        Assert.Equal(-1.5m, MetricRuleEvaluation.Value(Gauge, _ => MinuteCell.OfValue(-1.5m), Last));
    }

    private static MetricVerdict Judge(MetricRule rule, string values, int? firingSince)
    {
        var cells = values.Split(' ').Reverse().Select(text => text == "-" ? (MinuteCell?)null : MinuteCell.OfValue(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture))).ToList();
        return MetricRuleEvaluation.Judge(rule, minute => Last - minute < cells.Count ? cells[Last - minute] : null, Last, firingSince, reportedToday: true);
    }
}
