using OpsDashboard.Application.Demo;
using OpsDashboard.Application.Incidents.Alerts.MetricRules;
using OpsDashboard.Application.Demo.Generation;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Tests.Demo;

public sealed class DemoStoryTests
{
    private const string Uptime = "mlops/model-serving-api/uptime";
    private const string RollingAvailability = "mlops/model-serving-api/request-availability";
    private const string MissedKpi = "mlops/data-processing/pipeline-success";
    private const string MissedWithIt = "mlops/data-processing/pipeline-reliability";
    private const string Silent = "agent-mesh/data/backup-retention-enterprise";

    private static readonly string[] Burning =
        ["agent-mesh/api-authentication/latency-p95", "mlops/feature-store/freshness", "mlops/inference-engine/prediction-errors"];

    // Ninety days cost seconds to tell; the tests that look at the same day share them.
    private static readonly Lazy<JudgedStory> OfNovember = new(() => new JudgedStory(DateTimeOffset.Parse("2026-11-22T14:05:00Z", null), 90));

    [Fact]
    public void Board_InsideAMonth_HasTheStatesOfTheStory() => AssertTold(OfNovember.Value.Board());

    [Fact]
    public void Board_OnAnotherDayAndHour_HasTheStatesOfTheStory() =>
        AssertTold(new JudgedStory(DateTimeOffset.Parse("2027-03-31T03:20:00Z", null), 34).Board());

    [Fact]
    public void Board_InTheFirstDaysOfAMonth_ShowsTheOutageOverRollingDays()
    {
        var board = new JudgedStory(DateTimeOffset.Parse("2026-12-03T08:20:00Z", null), 34).Board();

        Assert.Equal([MissedWithIt, MissedKpi, RollingAvailability], Of(board, SloState.Breached));
        Assert.Equal(Burning, Of(board, SloState.AtRisk));
        Assert.Equal([Silent], Of(board, SloState.NoData));
    }

    [Fact]
    public void SignIns_BurnAtSixTimesTheirBudget()
    {
        var judged = OfNovember.Value.Judge(
            JudgedStory.Objectives.Single(slo => slo.Id == Burning[0]), new DemoStory(DateTimeOffset.Parse("2026-11-22T14:00:00Z", null)).AnchorMinute + 4);

        Assert.Equal(6m, decimal.Round(judged.BurnRates.Single(rate => rate.WindowMinutes == 60).Rate!.Value));
        Assert.NotNull(judged.ExhaustionAt);
    }

    [Fact]
    public void MonthTwoBack_MissedTheEnterprisePromiseAndEarnsTenPercent()
    {
        var enterprise = JudgedStory.Objectives.Single(slo => slo.Id == "agent-mesh/platform/uptime-enterprise");
        var story = OfNovember.Value;

        var september = story.Judge(enterprise, LastMinuteOf(2026, 9));
        var october = story.Judge(enterprise, LastMinuteOf(2026, 10));

        Assert.InRange(september.Sli!.Value, 0.999m, 0.9998m);
        Assert.True(september.Budget.IsOverspent);
        Assert.Equal(19m * 60, september.BadSeconds);
        Assert.Equal(1m, october.Sli);
        Assert.Equal(4 * 4 * 3600, october.ExcludedSeconds);
    }

    [Fact]
    public void LastMonth_WentBeyondTheCapOfMaintenance()
    {
        var uptime = JudgedStory.Objectives.Single(slo => slo.Id == "mlops/platform-infrastructure/uptime");
        var story = OfNovember.Value;

        var october = story.Judge(uptime, LastMinuteOf(2026, 10));

        Assert.Equal(4 * 3600, october.ExcludedSeconds);
        Assert.Equal(12m * 60, october.BadSeconds);
        Assert.False(october.Budget.IsOverspent);
    }

    [Fact]
    public void Memory_Grows_UntilItMeetsItsCeilingInFiveMonths()
    {
        var story = new DemoStory(DateTimeOffset.Parse("2026-11-22T14:00:00Z", null));
        var memory = DemoSeries.Of(story).Single(shape => shape.Sli == "mlops/platform-infrastructure/memory-utilization");

        Assert.InRange(MeanOfDay(memory, story.AnchorMinute - (90 * 1440)), 69, 70.4);
        Assert.InRange(MeanOfDay(memory, story.AnchorMinute), 73, 74);
        Assert.InRange(MeanOfDay(memory, story.AnchorMinute + (152 * 1440)), 79.5, 80.5);
    }

    [Fact]
    public void Outage_BeganFourMinutesAfterADeploymentThatWasRolledBack()
    {
        var story = new DemoStory(DateTimeOffset.Parse("2026-11-22T14:00:00Z", null));
        var outage = story.Incidents.Single(incident => incident.ServiceId == DemoStory.Serving);
        var deployment = story.Deployments.Single(one => one.RolledBackAt is not null);

        Assert.Equal(TimeSpan.FromMinutes(4), outage.Start - deployment.At);
        Assert.InRange(outage.End - deployment.RolledBackAt!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.Equal(9, (story.Anchor.Date - outage.Start.Date).Days);
    }

    [Fact]
    public void Series_CoverBothContracts()
    {
        var told = DemoSeries.Of(new DemoStory(DateTimeOffset.UnixEpoch.AddDays(20_000))).Select(shape => shape.Sli).ToList();

        Assert.Equal(
            JudgedStory.Objectives.Select(slo => slo.SliId).Concat(ShippedMetricRules.All.SelectMany(rule => rule.SliIds)).Distinct().Order(StringComparer.Ordinal),
            told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Hours_GeneratedTwiceAndInOtherPieces_AreTheSameBytes()
    {
        var story = new DemoStory(DateTimeOffset.Parse("2026-11-22T14:00:00Z", null));
        var from = TimeIndex.HourOf(story.AnchorMinute) - 30;
        var whole = Hours(story, from, from + 30);
        var pieces = Hours(story, from, from + 7).Concat(Hours(story, from + 7, from + 30)).ToList();

        Assert.Equal(whole.Count, pieces.Count);
        Assert.All(whole.Zip(pieces), pair =>
        {
            Assert.Equal((pair.First.SeriesId, pair.First.Hour), (pair.Second.SeriesId, pair.Second.Hour));
            Assert.Equal(pair.First.Data, pair.Second.Data);
        });
    }

    private static void AssertTold(IReadOnlyDictionary<string, Domain.Slos.Evaluation.SloEvaluation> board)
    {

        Assert.Equal([MissedWithIt, MissedKpi, Uptime], Of(board, SloState.Breached));
        Assert.Equal(Burning, Of(board, SloState.AtRisk));
        Assert.Equal([Silent], Of(board, SloState.NoData));
    }

    private static IReadOnlyList<WholeHour> Hours(DemoStory story, int from, int to) =>
        new DemoHours([.. DemoSeries.Of(story).Select((shape, index) => (index + 1, shape))]).Generate(from, to, CancellationToken.None);

    private static IEnumerable<string> Of(IReadOnlyDictionary<string, Domain.Slos.Evaluation.SloEvaluation> board, SloState state) =>
        board.Where(entry => entry.Value.State == state).Select(entry => entry.Key).Order(StringComparer.Ordinal);

    private static int LastMinuteOf(int year, int month) =>
        TimeIndex.MinuteOf(new DateTimeOffset(year, month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1).ToUnixTimeMilliseconds()) - 1;

    private static double MeanOfDay(SeriesShape shape, int from)
    {
        var sample = new MinuteSample();
        return Enumerable.Range(from - 720, 1440).Average(minute => shape.Measure(minute, sample) ? sample.ValueMicros / 1e6 : double.NaN);
    }
}
