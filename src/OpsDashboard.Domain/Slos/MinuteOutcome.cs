using System.Numerics;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Slos;

/// <summary>Judges what a series measured by what an objective asks: good, bad or no data.</summary>
/// <remarks>
/// A minute that reported without any event is seen, for coverage, but neither good nor bad. A minute that did not report is not
/// even seen. Neither adds to the SLI.
/// </remarks>
public static class MinuteOutcome
{
    private const int MinuteMilliseconds = 60_000;

    /// <summary>A minute that reported.</summary>
    public static SloTally Of(SloDefinition slo, in MinuteCell cell) => Of(slo, Events(slo, cell));

    /// <summary>The sum of an hour's minutes.</summary>
    /// <remarks>
    /// A condensed hour has lost its minutes. Its occurrences stay exact. Its slices are estimated: the hour's bad share of its seen
    /// minutes counts as bad, rounded up to whole minutes for timeslices.
    /// </remarks>
    public static SloTally OfHour(SloDefinition slo, HourChunk chunk)
    {
        if (chunk.IsCondensed)
        {
            return OfCondensedHour(slo, chunk);
        }

        var sum = default(SloTally);
        var end = EndOfLatency(slo);
        for (var rest = chunk.Seen; rest != 0; rest &= rest - 1)
        {
            sum += OfSeen(slo, chunk, BitOperations.TrailingZeroCount(rest), end);
        }

        return sum;
    }

    /// <summary>One minute of an hour; the default when it was not seen, or the hour is condensed.</summary>
    /// <param name="minuteOfHour">0 to 59.</param>
    public static SloTally OfMinute(SloDefinition slo, HourChunk chunk, int minuteOfHour) =>
        chunk.IsCondensed || (chunk.Seen >> minuteOfHour & 1) == 0 ? default : OfSeen(slo, chunk, minuteOfHour, EndOfLatency(slo));

    /// <summary>The tally of a minute that counts as up although it may not have been measured; nothing for occurrences.</summary>
    internal static SloTally Up(BudgetingMethod method)
    {
        var unit = SloUnits.PerMinute(method);
        return new(unit, unit, 1, 0);
    }

    /// <summary>The tally of a minute known to be down although nothing reported; nothing for occurrences.</summary>
    internal static SloTally Down(BudgetingMethod method)
    {
        var unit = SloUnits.PerMinute(method);
        return unit == 0 ? default : new(0, unit, 1, MinuteMilliseconds);
    }

    private static int EndOfLatency(SloDefinition slo) => slo.Kind == SliKind.Latency ? LatencyScale.EndOf(ThresholdOf(slo)) : 0;

    private static SloTally OfSeen(SloDefinition slo, HourChunk chunk, int minuteOfHour, int endOfLatency) => slo.Kind == SliKind.Latency
        ? Of(slo, chunk.CountBelow(minuteOfHour, endOfLatency))
        : Of(slo, Events(slo, chunk.PlainCellAt(minuteOfHour)));

    private static (long Good, long Total) Events(SloDefinition slo, in MinuteCell cell) => slo.Kind switch
    {
        SliKind.Ratio or SliKind.Job => (cell.Good, cell.Total),
        SliKind.Latency => cell.Histogram is { } durations ? (durations.CountUnder(ThresholdOf(slo)), durations.Count) : default,
        SliKind.Value or SliKind.Freshness => cell.ValueCount == 0 ? default : (MeanMeets(ThresholdOf(slo), cell) ? 1 : 0, 1),
    };

    private static SloTally Of(SloDefinition slo, (long Good, long Total) events)
    {
        var (good, total) = events;
        if (total == 0)
        {
            return new(0, 0, 1, 0);
        }

        switch (slo.Budgeting)
        {
            case BudgetingMethod.Occurrences:
                return new(good, total, 1, RoundedShare(total - good, total, MinuteMilliseconds));
            case BudgetingMethod.Timeslices:
                var up = good == total || good >= slo.TimeSliceTarget.GetValueOrDefault(1m) * total;
                return new(up ? 1 : 0, 1, 1, up ? 0 : MinuteMilliseconds);
            case BudgetingMethod.RatioTimeslices:
                return new(
                    RoundedShare(good, total, SloUnits.RatioUnit),
                    SloUnits.RatioUnit,
                    1,
                    RoundedShare(total - good, total, MinuteMilliseconds));
            default:
                throw new ArgumentOutOfRangeException(nameof(slo), slo.Budgeting, "Unknown budgeting method.");
        }
    }

    private static SloTally OfCondensedHour(SloDefinition slo, HourChunk chunk)
    {
        var (good, total) = Events(slo, chunk.Sum());
        var seen = chunk.SeenMinutes;
        if (total == 0)
        {
            return new(0, 0, seen, 0);
        }

        var badMilliseconds = RoundedShare(total - good, total, (long)seen * MinuteMilliseconds);
        switch (slo.Budgeting)
        {
            case BudgetingMethod.Occurrences:
                // A gauge's event is its minute; only whether the hour's mean was good is left.
                return slo.Kind is SliKind.Value or SliKind.Freshness
                    ? new(good * seen, seen, seen, badMilliseconds)
                    : new(good, total, seen, badMilliseconds);
            case BudgetingMethod.Timeslices:
                var bad = (badMilliseconds + MinuteMilliseconds - 1) / MinuteMilliseconds;
                return new(seen - bad, seen, seen, bad * MinuteMilliseconds);
            case BudgetingMethod.RatioTimeslices:
                var units = seen * SloUnits.RatioUnit;
                return new(RoundedShare(good, total, units), units, seen, badMilliseconds);
            default:
                throw new ArgumentOutOfRangeException(nameof(slo), slo.Budgeting, "Unknown budgeting method.");
        }
    }

    /// <summary>Mean of the readings against the limit, compared without dividing.</summary>
    private static bool MeanMeets(Threshold threshold, in MinuteCell cell)
    {
        decimal sum = cell.ValueSumMicros;
        var limit = threshold.Limit * 1_000_000m * cell.ValueCount;
        return threshold.Op switch
        {
            Comparison.LessThan => sum < limit,
            Comparison.LessOrEqual => sum <= limit,
            Comparison.GreaterThan => sum > limit,
            Comparison.GreaterOrEqual => sum >= limit,
        };
    }

    /// <summary>part / whole of the unit, rounded to nearest, half to even.</summary>
    private static long RoundedShare(long part, long whole, long unit)
    {
        if (part == 0 || part == whole)
        {
            return part == 0 ? 0 : unit;
        }

        if (part <= long.MaxValue / unit)
        {
            var quotient = Math.DivRem(part * unit, whole, out var remainder);
            return Rounded(quotient, remainder, whole);
        }

        var (wideQuotient, wideRemainder) = UInt128.DivRem((UInt128)(ulong)part * (ulong)unit, (ulong)whole);
        return Rounded((long)wideQuotient, (long)wideRemainder, whole);
    }

    private static long Rounded(long quotient, long remainder, long whole)
    {
        var order = remainder.CompareTo(whole - remainder);
        return order > 0 || (order == 0 && (quotient & 1) == 1) ? quotient + 1 : quotient;
    }

    private static Threshold ThresholdOf(SloDefinition slo) =>
        slo.Threshold ?? throw new ArgumentException($"{slo.Id} needs a threshold.", nameof(slo));
}
