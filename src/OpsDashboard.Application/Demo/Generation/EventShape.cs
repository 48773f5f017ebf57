namespace OpsDashboard.Application.Demo.Generation;

/// <summary>Events of which a share fails. A minute without events reports nothing.</summary>
internal sealed class EventShape(string sli, ulong seed, int anchorMinute) : SeriesShape(sli, seed)
{
    public required Volume Volume { get; init; }

    /// <summary>Share of events that fail on an ordinary day.</summary>
    public double BadShare { get; init; }

    /// <summary>Spans in which another share of the mean volume fails, however busy the minute is.</summary>
    public IReadOnlyList<Episode> Incidents { get; init; } = [];

    public override bool Measure(int minute, MinuteSample into)
    {
        var expected = Volume.Expected(minute, anchorMinute);
        var wobble = 1 + (0.06 * (Uniform(minute, 1) - 0.5)) + (0.04 * Noise.Wander(Stream, minute, 90, 2));
        var total = (long)((expected * wobble) + Uniform(minute, 3));
        if (total == 0)
        {
            return false;
        }

        var bad = (long)((total * ShareAt(minute, expected)) + Uniform(minute, 4));
        into.SetEvents(total, Math.Min(bad, total));
        return true;
    }

    private double ShareAt(int minute, double expected)
    {
        foreach (var incident in Incidents)
        {
            if (incident.Holds(minute))
            {
                return Math.Min(0.95, incident.Value * Volume.Mean(minute, anchorMinute) / expected);
            }
        }

        return BadShare;
    }
}
