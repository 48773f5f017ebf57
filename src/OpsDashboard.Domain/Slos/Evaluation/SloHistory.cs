using System.Numerics;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Slos.Evaluation;

/// <summary>
/// What one objective counted, ready to be summed over any span that ends near now: the window's hours, the minutes of the last hours,
/// and single older hours whose minutes were supplied.
/// </summary>
internal sealed class SloHistory
{
    private const int MinutesPerHour = TimeIndex.MinutesPerHour;

    private readonly SloDefinition slo;
    private readonly HourRing hours;
    private readonly MinuteRing minutes;
    private readonly Dictionary<int, SloTally[]> supplied = [];

    // The running sum of the hours [fullFrom, fullTo), moved along instead of being added up again.
    private int fullFrom;
    private int fullTo;
    private SloTally full;

    public SloHistory(SloDefinition slo, int hourCapacity, int minuteCapacityHours, int newestHour)
    {
        this.slo = slo;
        hours = new HourRing(hourCapacity, newestHour);
        minutes = new MinuteRing(minuteCapacityHours, newestHour);
    }

    public HourRing Hours => hours;

    public int OldestMinute => minutes.Oldest * MinutesPerHour;

    /// <summary>First minute that ever reported, as far as known.</summary>
    public int? Born { get; set; }

    /// <summary>Newest minute that reported.</summary>
    public int? LastSeen { get; private set; }

    public void AdvanceTo(int hour)
    {
        if (hour > hours.Newest)
        {
            // The running sum must drop what is about to be overwritten while it can still be read.
            MoveFull(Math.Max(fullFrom, hour - (hours.Newest - hours.Oldest)), fullTo);
            hours.AdvanceTo(hour);
            minutes.AdvanceTo(hour);
        }
    }

    /// <summary>Replaces what is known of an hour.</summary>
    public (SloTally Was, SloTally IsNow) Set(int hour, HourChunk chunk)
    {
        var isNow = minutes.Holds(hour) ? minutes.Set(slo, hour, chunk) : MinuteOutcome.OfHour(slo, chunk);
        if (supplied.ContainsKey(hour))
        {
            Supply(hour, chunk);
        }

        Saw(hour, chunk.Seen);
        return (SetSums(hour, isNow), isNow);
    }

    /// <summary>Replaces an hour's tally; its minutes stay unknown.</summary>
    /// <returns>What it was.</returns>
    public SloTally SetSums(int hour, in SloTally tally)
    {
        var was = hours.Get(hour);
        hours.Set(hour, tally);
        if (hour >= fullFrom && hour < fullTo)
        {
            full += hours.Get(hour) - was;
        }

        return was;
    }

    /// <param name="seen">The minutes of the hour that reported, as bits.</param>
    public void Saw(int hour, ulong seen)
    {
        if (seen != 0)
        {
            Born = Math.Min(Born ?? int.MaxValue, (hour * MinutesPerHour) + BitOperations.TrailingZeroCount(seen));
            LastSeen = Math.Max(LastSeen ?? int.MinValue, (hour * MinutesPerHour) + BitOperations.Log2(seen));
        }
    }

    public bool KeepsMinutesOf(int hour) => minutes.Holds(hour);

    public void Supply(int hour, HourChunk chunk)
    {
        var tallies = new SloTally[MinutesPerHour];
        for (var minute = 0; minute < MinutesPerHour; minute++)
        {
            tallies[minute] = MinuteOutcome.OfMinute(slo, chunk, minute);
        }

        supplied[hour] = tallies;
    }

    public void ForgetSuppliedBefore(int hour)
    {
        if (supplied.Count > 0)
        {
            foreach (var old in supplied.Keys.Where(h => h < hour).ToList())
            {
                supplied.Remove(old);
            }
        }
    }

    /// <summary>Are the minutes of this hour known, or is there nothing in it to know?</summary>
    public bool KnowsMinutesOf(int hour) =>
        minutes.Holds(hour) || supplied.ContainsKey(hour) || hours.Get(hour).SeenMinutes == 0;

    /// <summary>Null where only the hour is known.</summary>
    public SloTally? Minute(int minute)
    {
        var hour = TimeIndex.HourOf(minute);
        if (minutes.Holds(hour))
        {
            return minutes.Get(minute);
        }

        if (supplied.TryGetValue(hour, out var tallies))
        {
            return tallies[TimeIndex.MinuteOfHour(minute)];
        }

        return hours.Get(hour).SeenMinutes == 0 ? default(SloTally) : null;
    }

    /// <summary>Sum of the minutes [from, to). The part of an hour whose minutes are unknown is left out.</summary>
    public SloTally Sum(int from, int to)
    {
        if (from >= to)
        {
            return default;
        }

        var (firstHour, lastHour) = (TimeIndex.HourOf(from), TimeIndex.HourOf(to));
        if (firstHour == lastHour)
        {
            return PartOf(firstHour, TimeIndex.MinuteOfHour(from), TimeIndex.MinuteOfHour(to));
        }

        var startsWhole = TimeIndex.MinuteOfHour(from) == 0;
        return (startsWhole ? default : PartOf(firstHour, TimeIndex.MinuteOfHour(from), MinutesPerHour))
            + hours.Sum(startsWhole ? firstHour : firstHour + 1, lastHour)
            + PartOf(lastHour, 0, TimeIndex.MinuteOfHour(to));
    }

    /// <summary>As <see cref="Sum"/>, at a cost that does not grow with the span while it moves along with time.</summary>
    public SloTally SumOfWindow(int from, int to)
    {
        var firstFull = TimeIndex.HourOf(from + MinutesPerHour - 1);
        var lastHour = TimeIndex.HourOf(to);
        if (firstFull >= lastHour)
        {
            return Sum(from, to);
        }

        MoveFull(firstFull, lastHour);
        return Sum(from, firstFull * MinutesPerHour) + full + PartOf(lastHour, 0, TimeIndex.MinuteOfHour(to));
    }

    private SloTally PartOf(int hour, int from, int to)
    {
        if (from >= to)
        {
            return default;
        }

        if (minutes.Holds(hour))
        {
            return minutes.Sum(hour, from, to);
        }

        var sum = default(SloTally);
        if (supplied.TryGetValue(hour, out var tallies))
        {
            for (var minute = from; minute < to; minute++)
            {
                sum += tallies[minute];
            }
        }

        return sum;
    }

    private void MoveFull(int from, int to)
    {
        if (from < fullFrom || from > fullTo || to < fullFrom || fullFrom < hours.Oldest)
        {
            full = hours.Sum(from, to);
        }
        else
        {
            full -= hours.Sum(fullFrom, from);
            full = to >= fullTo ? full + hours.Sum(fullTo, to) : full - hours.Sum(to, fullTo);
        }

        (fullFrom, fullTo) = (from, to);
    }
}
