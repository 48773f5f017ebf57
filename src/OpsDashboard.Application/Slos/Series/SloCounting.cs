using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Slos.Series;

/// <summary>Counts stored hours into equal steps, by the objective's own rules and with its maintenance taken out.</summary>
internal sealed class SloCounting
{
    private const int MinutesPerHour = TimeIndex.MinutesPerHour;

    private readonly SloDefinition slo;
    private readonly WindowSpan span;
    private readonly int step;
    private readonly ExclusionPlan plan;
    private readonly bool withDurations;
    private readonly Slot[] slots;
    private readonly Dictionary<int, SloTally[]> plannedHours = [];
    private readonly HashSet<int> hoursOnly = [];
    private readonly HourChunk chunk = new();

    /// <param name="span">Minutes that count; slots begin at its start, rounded down to the step.</param>
    /// <param name="step">Minutes.</param>
    /// <param name="withDurations">Keep what percentiles and means need, not only the counts.</param>
    public SloCounting(SloDefinition slo, WindowSpan span, int step, ExclusionPlan plan, bool withDurations)
    {
        (this.slo, this.span, this.step, this.plan, this.withDurations) = (slo, span, step, plan, withDurations);
        FirstMinute = SeriesStep.RoundDown(span.Start, step);
        slots = new Slot[(SeriesStep.RoundUp(span.End, step) - FirstMinute) / step];
    }

    public int FirstMinute { get; }

    /// <summary>Steps finer than an hour met an hour whose minutes are gone: the result would have holes.</summary>
    public bool NeedsCoarserStep { get; private set; }

    public void Add(int hour, ReadOnlySpan<byte> data)
    {
        chunk.Load(data);
        var first = hour * MinutesPerHour;
        var isWhole = first >= span.Start && first + MinutesPerHour <= span.End;
        if (Touches(plan.Forgiven, first) || Touches(plan.Unforgiven, first))
        {
            KeepMinutes(hour);
        }

        if (isWhole && step % MinutesPerHour == 0)
        {
            AddHour(first);
        }
        else if (chunk.IsCondensed)
        {
            NeedsCoarserStep |= isWhole;
        }
        else
        {
            AddMinutes(first);
        }
    }

    /// <param name="bornMinute">First minute ever measured: silence before it is no outage.</param>
    /// <param name="nowMinute">The minute under way.</param>
    public IReadOnlyList<SloSlot> Finish(int bornMinute, int nowMinute)
    {
        var result = new SloSlot[slots.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            var start = FirstMinute + (i * step);
            var (from, to) = (Math.Max(start, Math.Max(bornMinute, span.Start)), Math.Min(Math.Min(start + step, span.End), nowMinute + 1));
            var tally = slots[i].Tally;
            if (!plan.IsEmpty && from < to)
            {
                tally += plan.Change(slo.Budgeting, from, to, nowMinute, Measured);
            }

            var passed = from < to ? to - from - plan.RemovedMinutes(from, to) : 0;
            result[i] = new(start, tally, passed <= 0 ? 0m : Math.Min(1m, (decimal)tally.SeenMinutes / passed), slots[i].Durations, slots[i].Mean);
        }

        return result;
    }

    private void AddHour(int first)
    {
        ref var slot = ref slots[(first - FirstMinute) / step];
        slot.Tally += MinuteOutcome.OfHour(slo, chunk);
        if (withDurations)
        {
            slot.Take(chunk.Sum());
        }
    }

    private void AddMinutes(int first)
    {
        for (var rest = chunk.Seen; rest != 0; rest &= rest - 1)
        {
            var inHour = System.Numerics.BitOperations.TrailingZeroCount(rest);
            var minute = first + inHour;
            if (minute < span.Start || minute >= span.End)
            {
                continue;
            }

            ref var slot = ref slots[(minute - FirstMinute) / step];
            slot.Tally += MinuteOutcome.OfMinute(slo, chunk, inHour);
            if (withDurations && chunk.TryGet(inHour, out var cell))
            {
                slot.Take(cell);
            }
        }
    }

    private void KeepMinutes(int hour)
    {
        if (chunk.IsCondensed)
        {
            hoursOnly.Add(hour);
            return;
        }

        var tallies = new SloTally[MinutesPerHour];
        for (var minute = 0; minute < MinutesPerHour; minute++)
        {
            tallies[minute] = MinuteOutcome.OfMinute(slo, chunk, minute);
        }

        plannedHours[hour] = tallies;
    }

    private SloTally? Measured(int minute)
    {
        var hour = TimeIndex.HourOf(minute);
        if (plannedHours.TryGetValue(hour, out var tallies))
        {
            return tallies[TimeIndex.MinuteOfHour(minute)];
        }

        return hoursOnly.Contains(hour) ? null : default(SloTally);
    }

    private static bool Touches(IReadOnlyList<WindowSpan> spans, int first)
    {
        foreach (var one in spans)
        {
            if (one.Start < first + MinutesPerHour && one.End > first)
            {
                return true;
            }
        }

        return false;
    }

    private struct Slot
    {
        private decimal valueSum;
        private long valueCount;

        public SloTally Tally;

        public LatencyHistogram? Durations { get; private set; }

        public readonly decimal? Mean => valueCount == 0 ? null : valueSum / valueCount / 1_000_000m;

        public void Take(in MinuteCell cell)
        {
            valueSum += cell.ValueSumMicros;
            valueCount += cell.ValueCount;
            if (cell.Histogram is { } durations)
            {
                (Durations ??= new LatencyHistogram()).Merge(durations);
            }
        }
    }
}

/// <summary>One step of a series.</summary>
/// <param name="Minute">Its first minute.</param>
/// <param name="Coverage">Share, 0 to 1, of its minutes so far that reported.</param>
/// <param name="Mean">Of a gauge's readings, in its unit.</param>
internal readonly record struct SloSlot(int Minute, SloTally Tally, decimal Coverage, LatencyHistogram? Durations, decimal? Mean);
