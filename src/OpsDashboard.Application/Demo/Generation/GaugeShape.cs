namespace OpsDashboard.Application.Demo.Generation;

/// <summary>A gauge around a level: with the week, a slow wandering, a little noise, and perhaps a trend.</summary>
internal sealed class GaugeShape(string sli, ulong seed, int anchorMinute) : SeriesShape(sli, seed)
{
    /// <summary>At the anchor.</summary>
    public required double Level { get; init; }

    public double PerMonth { get; init; }

    /// <summary>How far the busiest and the quietest hour move it.</summary>
    public double Swing { get; init; }

    public double Wandering { get; init; }

    public double Jitter { get; init; }

    /// <summary>Minutes from one reading to the next.</summary>
    public int Every { get; init; } = 1;

    /// <summary>One more reading at this minute of the day; null: none.</summary>
    public int? AlsoAt { get; init; }

    /// <summary>Its source stopped reporting here.</summary>
    public int SilentFrom { get; init; } = int.MaxValue;

    /// <summary>Another value than the ordinary one; null where there is none.</summary>
    public Func<int, double?>? Instead { get; init; }

    public override bool Measure(int minute, MinuteSample into)
    {
        if (minute >= SilentFrom || (minute % Every != 0 && minute % 1440 != AlsoAt))
        {
            return false;
        }

        into.SetReading(Instead?.Invoke(minute) ?? Ordinary(minute));
        return true;
    }

    private double Ordinary(int minute) =>
        Level
        + (PerMonth * (minute - anchorMinute) / Volume.MinutesPerMonth)
        + (Swing * (Rhythm.At(minute) - 1))
        + (Wandering * Noise.Wander(Stream, minute, 180, 5))
        + (Jitter * ((2 * Uniform(minute, 6)) - 1));
}
