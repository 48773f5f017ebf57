using FsCheck;
using FsCheck.Fluent;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Tests.Telemetry;

public sealed class LatencyHistogramTests
{
    private static readonly decimal[] Percents = [0.1m, 50m, 95m, 99m, 99.9m, 100m];

    private static readonly Gen<long> Micros =
        Gen.OneOf(Gen.Choose(0, 300).Select(v => (long)v), Gen.Choose(0, int.MaxValue).Select(v => (long)v), Gen.Choose(0, int.MaxValue).Select(v => v * 400L));

    private static readonly Arbitrary<long[]> Samples = Micros.ArrayOf().ToArbitrary();

    [Fact]
    public void Percentile_OfAnySamples_LiesWithinTwoPercentOfTheNearestRank() =>
        Prop.ForAll(Samples, samples =>
        {
            var histogram = Of(samples);
            var sorted = samples.Order().ToArray();
            foreach (var percent in Percents)
            {
                var answer = histogram.Percentile(percent);
                if (sorted.Length == 0)
                {
                    Assert.Null(answer);
                    continue;
                }

                var exact = sorted[(int)decimal.Ceiling(percent * sorted.Length / 100m) - 1] / 1000m;
                Assert.InRange(answer!.Value, exact * 0.98m, exact * 1.02m);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_InAnyOrderAndGrouping_GivesTheSameHistogram() =>
        Prop.ForAll(Samples, Samples, Samples, (a, b, c) =>
        {
            var whole = Of([.. a, .. b, .. c]).Encode();
            Assert.Equal(whole, Merged(Merged(Of(a), Of(b)), Of(c)).Encode());
            Assert.Equal(whole, Merged(Of(c), Merged(Of(b), Of(a))).Encode());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Decode_OfAnEncodedHistogram_GivesItBack() =>
        Prop.ForAll(Samples, samples =>
        {
            var histogram = Of(samples);
            var copy = LatencyHistogram.Decode(histogram.Encode());
            Assert.Equal(histogram.Count, copy.Count);
            Assert.Equal(histogram.Encode(), copy.Encode());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void CountUnder_LessThan_CountsNothingAtOrAboveTheLimitAndMissesNothingFarBelow() =>
        Prop.ForAll(Samples, Gen.Choose(1, 5_000_000).ToArbitrary(), (samples, limitMicros) =>
        {
            var under = Of(samples).CountUnder(new Threshold(Comparison.LessThan, limitMicros / 1000m));
            Assert.True(under <= samples.Count(s => s < limitMicros));
            Assert.True(under >= samples.Count(s => s < limitMicros * 0.984m - 1));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void CountUnder_LessOrEqual_CountsTheBucketOfTheLimit()
    {
        var histogram = Of([200_000]);

        Assert.Equal(0, histogram.CountUnder(new Threshold(Comparison.LessThan, 200m)));
        Assert.Equal(1, histogram.CountUnder(new Threshold(Comparison.LessOrEqual, 200m)));
        Assert.Equal(1, histogram.CountUnder(new Threshold(Comparison.LessThan, 205m)));
    }

    [Theory]
    [InlineData(0.064, 64)]
    [InlineData(0.127, 127)]
    [InlineData(1.005, 1005)]
    [InlineData(0.3, 300)]
    public void Add_OfABinaryFraction_CountsTheDecimalThatWasMeant(double milliseconds, long micros)
    {
        var histogram = new LatencyHistogram();
        histogram.Add(milliseconds);

        Assert.Equal(Of([micros]).Encode(), histogram.Encode());
    }

    [Fact]
    public void Add_BeyondTheScale_IsOverflowUnderNoLimit()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(double.PositiveInfinity);
        histogram.Add(decimal.MaxValue);
        histogram.AddMicros(1L << 40);

        Assert.Equal(3, histogram.Count);
        Assert.Equal(0, histogram.CountUnder(new Threshold(Comparison.LessOrEqual, decimal.MaxValue / 1000m)));
        Assert.Equal((1L << 40) / 1000m, histogram.Percentile(50));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Add_OfWhatIsNoDuration_IsRefused(double milliseconds)
    {
        var fault = Assert.Throws<InvalidMeasurementException>(() => new LatencyHistogram().Add(milliseconds));

        Assert.Equal(CellFault.Negative, fault.Fault);
    }

    [Fact]
    public void AddBucketed_CountsABucketUnderALimitAtItsBoundOnly()
    {
        var histogram = new LatencyHistogram();
        histogram.AddBucketed([100m, 200m, 500m], [10, 20, 30, 4]);

        Assert.Equal(64, histogram.Count);
        Assert.Equal(10, histogram.CountUnder(new Threshold(Comparison.LessThan, 100m)));
        Assert.Equal(10, histogram.CountUnder(new Threshold(Comparison.LessThan, 150m)));
        Assert.Equal(30, histogram.CountUnder(new Threshold(Comparison.LessThan, 200m)));
        Assert.Equal(30, histogram.CountUnder(new Threshold(Comparison.LessOrEqual, 200m)));
        Assert.Equal(60, histogram.CountUnder(new Threshold(Comparison.LessOrEqual, 60_000m)));
    }

    [Theory]
    [InlineData(new[] { 100, 200 }, new long[] { 1 }, CellFault.MalformedHistogram)]
    [InlineData(new[] { 100, 200 }, new long[] { 1, 2, 3, 4 }, CellFault.MalformedHistogram)]
    [InlineData(new[] { 200, 100 }, new long[] { 1, 2 }, CellFault.MalformedHistogram)]
    [InlineData(new[] { 0, 100 }, new long[] { 1, 2 }, CellFault.MalformedHistogram)]
    [InlineData(new[] { 100, 200 }, new long[] { 1, -2 }, CellFault.Negative)]
    [InlineData(new[] { 100, 200 }, new[] { long.MaxValue, long.MaxValue }, CellFault.Overflow)]
    public void AddBucketed_OfMalformedBuckets_NamesTheFault(int[] bounds, long[] counts, CellFault expected)
    {
        var fault = Assert.Throws<InvalidMeasurementException>(
            () => new LatencyHistogram().AddBucketed(bounds.Select(b => (decimal)b).ToArray(), counts));

        Assert.Equal(expected, fault.Fault);
    }

    [Fact]
    public void Decode_OfArbitraryBytes_GivesAHistogramOrInvalidData() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), data =>
        {
            try
            {
                var histogram = LatencyHistogram.Decode(data);
                Assert.Equal(histogram.Encode(), LatencyHistogram.Decode(histogram.Encode()).Encode());
            }
            catch (InvalidDataException refused)
            {
                Assert.NotEmpty(refused.Message);
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(100.1)]
    public void Percentile_OutsideItsRange_IsRefused(double percent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Of([1]).Percentile((decimal)percent));

    private static LatencyHistogram Of(long[] micros)
    {
        var histogram = new LatencyHistogram();
        foreach (var value in micros)
        {
            histogram.AddMicros(value);
        }

        return histogram;
    }

    private static LatencyHistogram Merged(LatencyHistogram left, LatencyHistogram right)
    {
        var merged = left.Clone();
        merged.Merge(right);
        return merged;
    }
}
