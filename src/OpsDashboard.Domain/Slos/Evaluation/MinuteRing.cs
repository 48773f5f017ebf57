using System.Numerics;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Slos.Evaluation;

/// <summary>Tallies of every minute of the last so many hours.</summary>
/// <remarks>Ten bytes a minute while a minute's counts fit 32 bits, eighteen from the first that does not.</remarks>
internal sealed class MinuteRing
{
    private const int MinutesPerHour = TimeIndex.MinutesPerHour;

    private readonly int capacity;
    private readonly ulong[] seen;
    private readonly ushort[] badMilliseconds;
    private uint[] small;
    private long[] large = [];

    public MinuteRing(int capacityHours, int newest)
    {
        capacity = capacityHours;
        seen = new ulong[capacityHours];
        badMilliseconds = new ushort[capacityHours * MinutesPerHour];
        small = new uint[2 * capacityHours * MinutesPerHour];
        Newest = newest;
    }

    public int Newest { get; private set; }

    public int Oldest => Newest - capacity + 1;

    public bool Holds(int hour) => hour <= Newest && hour >= Oldest;

    public void AdvanceTo(int hour)
    {
        for (var next = Math.Max(Newest + 1, hour - capacity + 1); next <= hour; next++)
        {
            seen[next % capacity] = 0;
        }

        Newest = Math.Max(Newest, hour);
    }

    /// <summary>Replaces what is known of an hour it holds.</summary>
    /// <returns>The sum of its minutes.</returns>
    public SloTally Set(SloDefinition slo, int hour, HourChunk chunk)
    {
        var block = hour % capacity;
        var sum = default(SloTally);
        if (chunk.IsCondensed)
        {
            seen[block] = 0;
            return MinuteOutcome.OfHour(slo, chunk);
        }

        seen[block] = chunk.Seen;
        for (var rest = chunk.Seen; rest != 0; rest &= rest - 1)
        {
            var minute = BitOperations.TrailingZeroCount(rest);
            var tally = MinuteOutcome.OfMinute(slo, chunk, minute);
            Write((block * MinutesPerHour) + minute, tally);
            sum += tally;
        }

        return sum;
    }

    public SloTally Get(int minute)
    {
        var hour = TimeIndex.HourOf(minute);
        var ofHour = TimeIndex.MinuteOfHour(minute);
        return Holds(hour) && (seen[hour % capacity] >> ofHour & 1) != 0 ? Read((hour % capacity * MinutesPerHour) + ofHour) : default;
    }

    /// <summary>Sum of the minutes [from, to) of one hour it holds; both 0 to 60.</summary>
    public SloTally Sum(int hour, int from, int to)
    {
        var block = hour % capacity;
        var wanted = to >= MinutesPerHour ? ulong.MaxValue : (1UL << to) - 1;
        var sum = default(SloTally);
        for (var rest = seen[block] & wanted & (ulong.MaxValue << from); rest != 0; rest &= rest - 1)
        {
            sum += Read((block * MinutesPerHour) + BitOperations.TrailingZeroCount(rest));
        }

        return sum;
    }

    private SloTally Read(int at) => large.Length == 0
        ? new(small[(2 * at) + 1] - small[2 * at], small[(2 * at) + 1], 1, badMilliseconds[at])
        : new(large[(2 * at) + 1] - large[2 * at], large[(2 * at) + 1], 1, badMilliseconds[at]);

    private void Write(int at, in SloTally tally)
    {
        badMilliseconds[at] = (ushort)tally.BadMilliseconds;
        if (large.Length == 0 && tally.Total > uint.MaxValue)
        {
            large = new long[small.Length];
            for (var i = 0; i < small.Length; i++)
            {
                large[i] = small[i];
            }

            small = [];
        }

        if (large.Length == 0)
        {
            small[2 * at] = (uint)tally.Bad;
            small[(2 * at) + 1] = (uint)tally.Total;
        }
        else
        {
            large[2 * at] = tally.Bad;
            large[(2 * at) + 1] = tally.Total;
        }
    }
}
