namespace OpsDashboard.Domain.Slos.Evaluation;

/// <summary>Tallies of the last so many hours, by hour index; what has never been set is nothing.</summary>
internal sealed class HourRing
{
    private readonly long[] good;
    private readonly long[] total;
    private readonly byte[] seenMinutes;
    private readonly int[] badMilliseconds;

    public HourRing(int capacity, int newest)
    {
        good = new long[capacity];
        total = new long[capacity];
        seenMinutes = new byte[capacity];
        badMilliseconds = new int[capacity];
        Newest = newest;
    }

    public int Newest { get; private set; }

    public int Oldest => Newest - good.Length + 1;

    public bool Holds(int hour) => hour <= Newest && hour >= Oldest;

    /// <summary>Makes room for later hours by dropping the oldest.</summary>
    public void AdvanceTo(int hour)
    {
        for (var next = Math.Max(Newest + 1, hour - good.Length + 1); next <= hour; next++)
        {
            Write(next, default);
        }

        Newest = Math.Max(Newest, hour);
    }

    public SloTally Get(int hour)
    {
        if (!Holds(hour))
        {
            return default;
        }

        var at = hour % good.Length;
        return new(good[at], total[at], seenMinutes[at], badMilliseconds[at]);
    }

    public void Set(int hour, in SloTally tally)
    {
        if (Holds(hour))
        {
            Write(hour, tally);
        }
    }

    /// <summary>Sum of the hours [from, to).</summary>
    public SloTally Sum(int from, int to)
    {
        var sum = default(SloTally);
        for (var hour = Math.Max(from, Oldest); hour < Math.Min(to, Newest + 1); hour++)
        {
            sum += Get(hour);
        }

        return sum;
    }

    private void Write(int hour, in SloTally tally)
    {
        var at = hour % good.Length;
        good[at] = tally.Good;
        total[at] = tally.Total;
        seenMinutes[at] = (byte)tally.SeenMinutes;
        badMilliseconds[at] = (int)tally.BadMilliseconds;
    }
}
