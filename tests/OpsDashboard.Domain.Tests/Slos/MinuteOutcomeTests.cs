using FsCheck;
using FsCheck.Fluent;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Tests.Slos;

public sealed class MinuteOutcomeTests
{
    [Theory]
    [InlineData(BudgetingMethod.Occurrences, 950, 1000, 3_000)]
    [InlineData(BudgetingMethod.Timeslices, 1, 1, 0)]
    public void Of_ARatioMinuteAtItsSliceTarget_IsGood(BudgetingMethod method, long good, long total, long badMilliseconds)
    {
        var tally = MinuteOutcome.Of(Slo.With(method, 0.95m), MinuteCell.OfEvents(950, 1000));

        Assert.Equal(new SloTally(good, total, 1, badMilliseconds), tally);
    }

    [Fact]
    public void Of_ARatioMinuteBelowItsSliceTarget_IsBadAsAWhole()
    {
        var tally = MinuteOutcome.Of(Slo.With(BudgetingMethod.Timeslices, 0.95m), MinuteCell.OfEvents(949, 1000));

        Assert.Equal(new SloTally(0, 1, 1, 60_000), tally);
    }

    [Fact]
    public void Of_RatiosOfQuietMinutes_AddUpExactly()
    {
        var slo = Slo.With(BudgetingMethod.RatioTimeslices);
        for (var total = 1; total <= 30; total++)
        {
            var sum = Enumerable.Range(0, total).Select(_ => MinuteOutcome.Of(slo, MinuteCell.OfEvents(1, total))).Aggregate((a, b) => a + b);
            Assert.Equal(SloUnits.RatioUnit, sum.Good);
        }
    }

    [Fact]
    public void Of_AnyRatio_RoundsToTheNearestUnitAndComplementsToOne() =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(1, 400).ToArbitrary(), (t, g, scale) =>
        {
            long total = (long)t * scale, good = Math.Min((long)g * scale, total);
            var slo = Slo.With(BudgetingMethod.RatioTimeslices);
            var up = MinuteOutcome.Of(slo, MinuteCell.OfEvents(good, total));
            var down = MinuteOutcome.Of(slo, MinuteCell.OfEvents(total - good, total));

            Assert.InRange(((decimal)up.Good * total) - ((decimal)good * SloUnits.RatioUnit), -total / 2m, total / 2m);
            Assert.InRange(up.Good + down.Good - SloUnits.RatioUnit, -1, 1);
            Assert.InRange(up.BadMilliseconds, 0, 60_000);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(Comparison.GreaterOrEqual, 0.8, true)]
    [InlineData(Comparison.GreaterThan, 0.8, false)]
    [InlineData(Comparison.LessOrEqual, 0.8, true)]
    [InlineData(Comparison.LessThan, 0.8, false)]
    [InlineData(Comparison.LessThan, 0.800001, true)]
    public void Of_AGaugeWhoseMeanIsTheLimit_FollowsTheOperator(Comparison op, double limit, bool good)
    {
        var slo = Slo.Availability with { Kind = SliKind.Value, Threshold = new Threshold(op, (decimal)limit) };
        var cell = MinuteCell.OfValue(0.7m).Merge(MinuteCell.OfValue(0.9m));

        Assert.Equal(new SloTally(good ? 1 : 0, 1, 1, good ? 0 : 60_000), MinuteOutcome.Of(slo, cell));
    }

    [Fact]
    public void Of_AFreshnessMinute_IsGoodWhileTheAgeIsBelowTheLimit()
    {
        var slo = Slo.With(BudgetingMethod.Timeslices) with { Kind = SliKind.Freshness, Threshold = new Threshold(Comparison.LessThan, 300m) };

        Assert.Equal(1, MinuteOutcome.Of(slo, MinuteCell.OfValue(299.999999m)).Good);
        Assert.Equal(0, MinuteOutcome.Of(slo, MinuteCell.OfValue(300m)).Good);
    }

    [Fact]
    public void Of_ALatencyMinute_CountsDurationsUnderTheLimit()
    {
        var durations = new LatencyHistogram();
        durations.Add(50m, 90);
        durations.Add(500m, 10);
        var slo = Slo.Availability with { Kind = SliKind.Latency, Threshold = new Threshold(Comparison.LessThan, 200m) };

        Assert.Equal(new SloTally(90, 100, 1, 6_000), MinuteOutcome.Of(slo, MinuteCell.OfLatencies(durations)));
    }

    [Theory]
    [InlineData(SliKind.Ratio)]
    [InlineData(SliKind.Job)]
    [InlineData(SliKind.Latency)]
    [InlineData(SliKind.Value)]
    [InlineData(SliKind.Freshness)]
    public void Of_AMinuteWithoutEvents_IsSeenButNeitherGoodNorBad(SliKind kind)
    {
        foreach (var method in Enum.GetValues<BudgetingMethod>())
        {
            var slo = Slo.With(method) with { Kind = kind, Threshold = new Threshold(Comparison.LessThan, 1m) };
            var tally = MinuteOutcome.Of(slo, MinuteCell.OfEvents(0, 0));

            Assert.Equal(new SloTally(0, 0, 1, 0), tally);
            Assert.Null(tally.Ratio);
        }
    }

    [Fact]
    public void OfHour_IsTheSumOfItsMinutes()
    {
        var chunk = new HourChunk();
        for (var minute = 0; minute < 60; minute += 2)
        {
            var durations = new LatencyHistogram();
            durations.AddMicros(minute * 10_000, 5);
            chunk.Merge(minute, MinuteCell.OfLatencies(durations));
        }

        var stored = HourChunk.Decode(chunk.Encode());
        foreach (var method in Enum.GetValues<BudgetingMethod>())
        {
            var slo = Slo.With(method) with { Kind = SliKind.Latency, Threshold = new Threshold(Comparison.LessOrEqual, 200m) };
            var sum = Enumerable.Range(0, 60)
                .Select(m => chunk.TryGet(m, out var cell) ? MinuteOutcome.Of(slo, cell) : default)
                .Aggregate((a, b) => a + b);

            Assert.Equal(sum, MinuteOutcome.OfHour(slo, chunk));
            Assert.Equal(sum, MinuteOutcome.OfHour(slo, stored));
            Assert.Equal(30, sum.SeenMinutes);
        }
    }

    [Fact]
    public void OfHour_AfterItsMinutesAreGone_KeepsOccurrencesExactAndEstimatesSlices()
    {
        var chunk = new HourChunk();
        for (var minute = 0; minute < 60; minute++)
        {
            chunk.Merge(minute, MinuteCell.OfEvents(minute < 3 ? 0 : 100, 100));
        }

        chunk.Condense();

        Assert.Equal(new SloTally(5_700, 6_000, 60, 180_000), MinuteOutcome.OfHour(Slo.With(BudgetingMethod.Occurrences), chunk));
        Assert.Equal(new SloTally(57, 60, 60, 180_000), MinuteOutcome.OfHour(Slo.With(BudgetingMethod.Timeslices), chunk));
        Assert.Equal(
            new SloTally(57 * SloUnits.RatioUnit, 60 * SloUnits.RatioUnit, 60, 180_000),
            MinuteOutcome.OfHour(Slo.With(BudgetingMethod.RatioTimeslices), chunk));
    }
}
