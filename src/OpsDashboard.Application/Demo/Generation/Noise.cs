using System.Text;

namespace OpsDashboard.Application.Demo.Generation;

/// <summary>Numbers that look random and are a pure function of a stream and a place in it, so that a restart tells the same story on.</summary>
internal static class Noise
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>A stream of its own for every series.</summary>
    public static ulong Stream(ulong seed, string name)
    {
        var hash = FnvOffset ^ seed;
        foreach (var letter in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ letter) * FnvPrime;
        }

        return hash;
    }

    /// <summary>Uniform in [0, 1).</summary>
    /// <param name="salt">Tells apart several numbers of the same place.</param>
    public static double Uniform(ulong stream, long at, uint salt)
    {
        // SplitMix64 (Steele, Lea, Flood 2014).
        var mixed = stream + ((ulong)at * 0x9E3779B97F4A7C15) + (salt * 0xD1B54A32D192ED03);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        return (mixed >> 11) * (1d / (1UL << 53));
    }

    /// <summary>Within [-1, 1), moving slowly: straight lines between a random point every <paramref name="period"/> minutes.</summary>
    public static double Wander(ulong stream, int minute, int period, uint salt)
    {
        var knot = minute / period;
        var from = Uniform(stream, knot, salt);
        var to = Uniform(stream, knot + 1, salt);
        var share = (minute - (knot * period)) / (double)period;
        return (2 * (from + ((to - from) * share))) - 1;
    }
}
