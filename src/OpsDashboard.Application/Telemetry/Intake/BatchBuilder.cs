using System.Runtime.InteropServices;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Telemetry.Intake;

/// <summary>Checks samples one by one and merges the good ones into minutes.</summary>
/// <param name="reach">What the sender may write to; the rest does not exist for it.</param>
internal sealed class BatchBuilder(IntakeOptions options, SeriesQuota quota, Scope reach, long nowMs)
{
    private readonly long oldestMs = nowMs - (options.MaxAgeHours * Instants.HourMs);
    private readonly long newestMs = nowMs + (options.MaxAheadMinutes * Instants.MinuteMs);
    private readonly Dictionary<long, SeriesMinute> minutes = [];
    private readonly List<RejectedSample> rejected = [];
    private int accepted;

    public int Count => accepted + rejected.Count;

    public void Add(RawSample sample)
    {
        if ((Check(sample) ?? Merge(sample)) is { } broken)
        {
            rejected.Add(new RejectedSample(Count, broken.Rule, broken.Message));
            return;
        }

        accepted++;
    }

    public SampleBatch Build(string batchId) => new()
    {
        BatchId = batchId,
        Accepted = accepted,
        Rejected = rejected,
        Minutes = minutes.Values,
    };

    private (string Rule, string Message)? Check(RawSample sample)
    {
        if (sample.Malformed is { } malformed)
        {
            return malformed;
        }

        if (sample.Series is null)
        {
            return sample.UnknownSli is null
                ? (SampleRule.SliRequired, "sli is missing.")
                : (SampleRule.SliUnknown, $"No SLI is defined as \"{sample.UnknownSli}\".");
        }

        if (!reach.IsEverything && !reach.Covers(Touched.Of(sample.Series.Path)))
        {
            return (SampleRule.SliUnknown, $"No SLI is defined as \"{sample.Series.Path}\".");
        }

        if (sample.AtMs is not { } at)
        {
            return (SampleRule.AtRequired, "at is missing.");
        }

        if (at < oldestMs)
        {
            return (SampleRule.AtTooOld, $"at is more than {options.MaxAgeHours} h in the past.");
        }

        if (at > newestMs)
        {
            return (SampleRule.AtAhead, $"at is more than {options.MaxAheadMinutes} min in the future.");
        }

        return quota.Allows(sample.Series.Id)
            ? null
            : (SampleRule.SliTooMany, $"This key already writes {options.MaxSeriesPerKey} series, the most it may.");
    }

    private (string Rule, string Message)? Merge(RawSample sample)
    {
        var fault = ToCell(sample, out var cell);
        if (fault is not null)
        {
            return fault;
        }

        var series = sample.Series!.Id;
        var minute = TimeIndex.MinuteOf(sample.AtMs!.Value);
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(minutes, ((long)series << 32) | (uint)minute, out var exists);
        if (!exists)
        {
            slot = new SeriesMinute(series, minute, cell);
            return null;
        }

        var clash = slot.Cell.TryMerge(cell, out var merged);
        if (clash != CellFault.None)
        {
            return Broken(clash);
        }

        slot = slot with { Cell = merged };
        return null;
    }

    private static (string Rule, string Message)? ToCell(RawSample sample, out MinuteCell cell)
    {
        cell = default;
        switch (sample.Series!.Kind)
        {
            case SliKind.Ratio or SliKind.Job:
                if (sample.Good is not { } good || sample.Total is not { } total)
                {
                    return (SampleRule.CountsRequired, "This SLI counts events: good and total are required.");
                }

                var counts = MinuteCell.CheckEvents(good, total);
                cell = counts == CellFault.None ? MinuteCell.OfEvents(good, total) : default;
                return counts == CellFault.None ? null : Broken(counts);

            case SliKind.Value or SliKind.Freshness:
                if (sample.Value is not { } value)
                {
                    return (SampleRule.ValueRequired, "This SLI is a gauge: value is required.");
                }

                var range = MinuteCell.CheckValue(value);
                cell = range == CellFault.None ? MinuteCell.OfValue(value) : default;
                return range == CellFault.None ? null : Broken(range);

            default:
                return ToLatencies(sample, out cell);
        }
    }

    private static (string Rule, string Message)? ToLatencies(RawSample sample, out MinuteCell cell)
    {
        cell = default;
        if (sample.HasValuesMs == sample.HasHistogram)
        {
            return (SampleRule.LatencyRequired, "This SLI measures latency: either valuesMs or histogram is required.");
        }

        var histogram = new LatencyHistogram();
        if (sample.HasHistogram)
        {
            var bounds = CollectionsMarshal.AsSpan(sample.UpperBoundsMs);
            var counts = CollectionsMarshal.AsSpan(sample.Counts);
            var fault = LatencyHistogram.CheckBucketed(bounds, counts);
            if (fault != CellFault.None)
            {
                return Broken(fault);
            }

            histogram.AddBucketed(bounds, counts);
        }
        else
        {
            foreach (var duration in sample.ValuesMs)
            {
                if (duration < 0)
                {
                    return Broken(CellFault.Negative);
                }

                histogram.Add(duration);
            }
        }

        if (histogram.Count > MinuteCell.MaxCount)
        {
            return Broken(CellFault.Overflow);
        }

        cell = MinuteCell.OfLatencies(histogram);
        return null;
    }

    private static (string Rule, string Message) Broken(CellFault fault) => (SampleRule.Of(fault), InvalidMeasurementException.Describe(fault));
}
