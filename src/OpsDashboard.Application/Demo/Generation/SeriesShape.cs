namespace OpsDashboard.Application.Demo.Generation;

/// <summary>How one series behaves: for every minute of all time the same answer. Safe for several threads.</summary>
internal abstract class SeriesShape(string sli, ulong seed)
{
    public string Sli { get; } = sli;

    protected ulong Stream { get; } = Noise.Stream(seed, sli);

    /// <param name="minute">Unix minutes.</param>
    /// <returns>False when the series reports nothing in this minute.</returns>
    public abstract bool Measure(int minute, MinuteSample into);

    protected double Uniform(int minute, uint salt) => Noise.Uniform(Stream, minute, salt);
}

/// <summary>A span in which something is different, [start, end) in minutes.</summary>
internal readonly record struct Episode(int Start, int End, double Value)
{
    public bool Holds(int minute) => minute >= Start && minute < End;
}

/// <summary>How many events a minute brings.</summary>
/// <param name="PerMinute">Mean, at the anchor.</param>
/// <param name="Swing">1: follows the week; 0: flat.</param>
/// <param name="GrowthPerMonth">Share of the mean that every month adds.</param>
internal sealed record Volume(double PerMinute, double Swing = 1, double GrowthPerMonth = 0)
{
    public const double MinutesPerMonth = 30.44 * 1440;

    /// <param name="anchorMinute">When <see cref="PerMinute"/> holds.</param>
    public double Mean(int minute, int anchorMinute) =>
        PerMinute * Math.Max(0.05, 1 + (GrowthPerMonth * (minute - anchorMinute) / MinutesPerMonth));

    public double Expected(int minute, int anchorMinute) => Mean(minute, anchorMinute) * (1 + (Swing * (Rhythm.At(minute) - 1)));
}
