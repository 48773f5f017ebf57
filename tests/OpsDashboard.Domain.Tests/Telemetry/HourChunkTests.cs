using FsCheck;
using FsCheck.Fluent;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Tests.Telemetry;

public sealed class HourChunkTests
{
    private static readonly Gen<MinuteCell> Cells = Gen.OneOf(
        from total in Gen.Choose(0, 2_000_000)
        from bad in Gen.Choose(0, total)
        select MinuteCell.OfEvents(total - bad, total),
        from value in Gen.Choose(-2_000_000_000, 2_000_000_000)
        select MinuteCell.OfValue(value / 1000m),
        from micros in Gen.Choose(0, 5_000_000).ArrayOf()
        select MinuteCell.OfLatencies(HistogramOf(micros)));

    private static readonly Arbitrary<(int Minute, MinuteCell Cell)[]> Measurements =
        (from minute in Gen.Choose(0, 59) from cell in Cells select (minute, cell)).ArrayOf().ToArbitrary();

    [Fact]
    public void Decode_OfAnEncodedHour_GivesEveryMinuteBack() =>
        Prop.ForAll(Measurements, measurements =>
        {
            var chunk = HourOf(measurements);
            var copy = HourChunk.Decode(chunk.Encode());

            Assert.Equal(chunk.Seen, copy.Seen);
            Assert.Equal(chunk.SeenMinutes, HourChunk.PeekSeenMinutes(chunk.Encode()));
            Assert.Equal((chunk.Good, chunk.Total), (copy.Good, copy.Total));
            Assert.Equal(chunk.Encode(), copy.Encode());
            for (var minute = 0; minute < 60; minute++)
            {
                Assert.Equal(chunk.TryGet(minute, out var before), copy.TryGet(minute, out var after));
                AssertSame(before, after);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_BatchByBatchThroughTheStore_EqualsMergingAtOnce() =>
        Prop.ForAll(Measurements, Measurements, (first, second) =>
        {
            var chunk = new HourChunk();
            chunk.Load(HourOf(first).Encode());
            foreach (var (minute, cell) in second)
            {
                chunk.Merge(minute, cell);
            }

            Assert.Equal(HourOf([.. first, .. second]).Encode(), chunk.Encode());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_LeavesTheMeasurementsGivenToItAlone()
    {
        var histogram = HistogramOf([1000, 2000]);
        var chunk = new HourChunk();
        chunk.Merge(3, MinuteCell.OfLatencies(histogram));
        chunk.Merge(3, MinuteCell.OfLatencies(HistogramOf([3000])));

        Assert.Equal(2, histogram.Count);
        Assert.True(chunk.TryGet(3, out var cell));
        Assert.Equal(3, cell.Histogram!.Count);
    }

    [Fact]
    public void Condense_KeepsSumsAndSeenMinutes() =>
        Prop.ForAll(Measurements, measurements =>
        {
            var chunk = HourOf(measurements);
            var (sum, seen) = (chunk.Sum(), chunk.Seen);
            chunk.Condense();
            var copy = HourChunk.Decode(chunk.Encode());

            Assert.True(copy.IsCondensed);
            Assert.Equal(seen, copy.Seen);
            Assert.Equal((sum.Good, sum.Total), (copy.Good, copy.Total));
            AssertSame(sum, copy.Sum());
            Assert.False(copy.TryGet(0, out _));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Load_OfNothing_IsAnHourNobodySaw()
    {
        var chunk = HourChunk.Decode([]);

        Assert.Equal(0, chunk.SeenMinutes);
        Assert.Equal(default, chunk.Sum());
    }

    [Fact]
    public void Merge_OfAMinuteWithoutEvents_IsSeen()
    {
        var chunk = new HourChunk();
        chunk.Merge(59, MinuteCell.OfEvents(0, 0));

        Assert.Equal(1UL << 59, HourChunk.Decode(chunk.Encode()).Seen);
    }

    [Fact]
    public void TryMerge_BeyondAMinutesRoom_LeavesTheHourAsItWas()
    {
        var chunk = new HourChunk();
        chunk.Merge(0, MinuteCell.OfEvents(0, MinuteCell.MaxCount));

        Assert.Equal(CellFault.Overflow, chunk.TryMerge(0, MinuteCell.OfEvents(1, 1)));
        Assert.Equal(CellFault.None, chunk.TryMerge(1, MinuteCell.OfEvents(1, 1)));
        Assert.Equal((1, MinuteCell.MaxCount + 1), (chunk.Good, chunk.Total));
    }

    [Fact]
    public void Load_OfDamagedData_GivesAnHourOrInvalidData() =>
        Prop.ForAll(Measurements, ArbMap.Default.ArbFor<(ushort At, byte Value, ushort Cut)>(), (measurements, damage) =>
        {
            var data = HourOf(measurements).Encode();
            data[damage.At % data.Length] = damage.Value;
            AssertReadableOrRefused(data);
            AssertReadableOrRefused(data[..(damage.Cut % data.Length)]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Load_OfArbitraryBytes_GivesAnHourOrInvalidData() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), data => AssertReadableOrRefused([0x17, .. data])).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(11, 10, CellFault.GoodExceedsTotal)]
    [InlineData(-1, 10, CellFault.Negative)]
    [InlineData(0, -1, CellFault.Negative)]
    [InlineData(0, MinuteCell.MaxCount + 1, CellFault.Overflow)]
    public void OfEvents_OfImpossibleCounts_NamesTheFault(long good, long total, CellFault expected)
    {
        Assert.Equal(expected, MinuteCell.CheckEvents(good, total));
        Assert.Equal(expected, Assert.Throws<InvalidMeasurementException>(() => MinuteCell.OfEvents(good, total)).Fault);
    }

    [Fact]
    public void ChunkKey_OfSeriesAndHour_GivesBothBackAndOrdersByThem() =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), (series, hour) =>
        {
            var key = ChunkKey.Of(series, hour);
            Assert.Equal((series, hour), (ChunkKey.SeriesOf(key), ChunkKey.HourOf(key)));
            Assert.True(key < ChunkKey.Of(series, hour + 1));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(59_999, 0, 0)]
    [InlineData(60_000, 1, 0)]
    [InlineData(-1, -1, -1)]
    [InlineData(-3_600_001, -61, -2)]
    public void TimeIndex_OfAnInstant_RoundsDown(long unixMilliseconds, int minute, int hour)
    {
        Assert.Equal(minute, TimeIndex.MinuteOf(unixMilliseconds));
        Assert.Equal(hour, TimeIndex.HourOf(minute));
    }

    private static void AssertReadableOrRefused(byte[] data)
    {
        try
        {
            var chunk = HourChunk.Decode(data);
            chunk.Sum();
            chunk.CountBelow(0, 1000);
            Assert.Equal(chunk.Seen, HourChunk.Decode(chunk.Encode()).Seen);
        }
        catch (InvalidDataException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    private static void AssertSame(MinuteCell expected, MinuteCell actual)
    {
        Assert.Equal((expected.Good, expected.Total), (actual.Good, actual.Total));
        Assert.Equal((expected.ValueSumMicros, expected.ValueCount), (actual.ValueSumMicros, actual.ValueCount));
        Assert.Equal(expected.Histogram?.Encode(), actual.Histogram?.Encode());
    }

    private static HourChunk HourOf((int Minute, MinuteCell Cell)[] measurements)
    {
        var chunk = new HourChunk();
        foreach (var (minute, cell) in measurements)
        {
            chunk.Merge(minute, cell);
        }

        return chunk;
    }

    private static LatencyHistogram HistogramOf(int[] micros)
    {
        var histogram = new LatencyHistogram();
        foreach (var value in micros)
        {
            histogram.AddMicros(value);
        }

        return histogram;
    }
}
