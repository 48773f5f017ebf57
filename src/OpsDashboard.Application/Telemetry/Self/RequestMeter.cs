using System.Numerics;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Telemetry.Self;

/// <summary>
/// Counts the product's own answers by minute, in fixed memory and without a lock: two additions a request. The counts are taken
/// out every few seconds, so that four minutes of room are plenty.
/// </summary>
public sealed class RequestMeter(TimeProvider time)
{
    private const int Slots = 4;
    private const int BadShift = 32;

    private readonly Slot[] slots = [new(), new(), new(), new()];

    /// <param name="failed">The server is to blame: a status of 5xx.</param>
    public void Record(TimeSpan took, bool failed)
    {
        var slot = slots[Instants.MinuteOf(time.NowMs()) % Slots];
        // Both counts in one number, so that whoever takes them never sees one without the other.
        Interlocked.Add(ref slot.Answers, 1L | (failed ? 1L << BadShift : 0));
        Interlocked.Increment(ref slot.Durations[Durations.IndexOf((long)took.TotalMicroseconds)]);
    }

    /// <summary>Takes out what was counted since the last call, oldest minute first.</summary>
    internal IReadOnlyList<MeasuredMinute> Take()
    {
        var now = Instants.MinuteOf(time.NowMs());
        var taken = new List<MeasuredMinute>();
        for (var minute = now - Slots + 1; minute <= now; minute++)
        {
            var slot = slots[minute % Slots];
            var answers = Interlocked.Exchange(ref slot.Answers, 0);
            var durations = TakeDurations(slot);
            if (answers > 0 || durations.Count > 0)
            {
                var total = answers & uint.MaxValue;
                taken.Add(new MeasuredMinute(minute, total - (answers >> BadShift), total, durations));
            }
        }

        return taken;
    }

    private static List<(long BoundMicros, long Count)> TakeDurations(Slot slot)
    {
        var taken = new List<(long BoundMicros, long Count)>();
        for (var index = 0; index < slot.Durations.Length; index++)
        {
            if (Volatile.Read(ref slot.Durations[index]) > 0)
            {
                taken.Add((Durations.BoundOf(index), Interlocked.Exchange(ref slot.Durations[index], 0)));
            }
        }

        return taken;
    }

    private sealed class Slot
    {
        public long Answers;
        public readonly long[] Durations = new long[RequestMeter.Durations.Count];
    }

    /// <summary>64 buckets a power of two from 64 µs up, so that each is as narrow as those of the store.</summary>
    private static class Durations
    {
        private const int Octaves = 24;

        public const int Count = Octaves * 64;

        public static int IndexOf(long micros)
        {
            if (micros < 64)
            {
                return 0;
            }

            var octave = BitOperations.Log2((ulong)micros) - 6;
            return octave >= Octaves ? Count - 1 : (octave << 6) + (int)(micros >> octave) - 64;
        }

        /// <summary>Exclusive.</summary>
        public static long BoundOf(int index) => (long)((index & 63) + 65) << (index >> 6);
    }
}

/// <summary>Answers of one minute; durations by the upper bound of their bucket, ascending.</summary>
internal sealed record MeasuredMinute(int Minute, long Good, long Total, IReadOnlyList<(long BoundMicros, long Count)> Durations);
