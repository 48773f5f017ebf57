using System.Collections.Concurrent;

namespace OpsDashboard.Application.Telemetry.Intake;

/// <summary>How many different series a key has written since the process started.</summary>
internal sealed class SeriesQuota(int most)
{
    private readonly ConcurrentDictionary<int, byte> seen = new();
    private int count;

    public bool Allows(int seriesId)
    {
        if (seen.ContainsKey(seriesId))
        {
            return true;
        }

        if (Volatile.Read(ref count) >= most)
        {
            return false;
        }

        if (seen.TryAdd(seriesId, 0))
        {
            Interlocked.Increment(ref count);
        }

        return true;
    }
}

/// <summary>One quota per key.</summary>
internal sealed class SeriesQuotas
{
    private readonly ConcurrentDictionary<string, SeriesQuota> byKey = new(StringComparer.Ordinal);

    public SeriesQuota Of(string keyName, int most) => byKey.GetOrAdd(keyName, _ => new SeriesQuota(most));
}
