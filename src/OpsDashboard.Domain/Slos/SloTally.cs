namespace OpsDashboard.Domain.Slos;

/// <summary>What an objective counted over any span: a minute, an hour, a window. Tallies add up exactly.</summary>
/// <param name="Good">In the units of <see cref="SloUnits"/>.</param>
/// <param name="Total">Good and bad, in the same units.</param>
/// <param name="SeenMinutes">Minutes that reported anything, even no events.</param>
/// <param name="BadMilliseconds">Downtime equivalent: each minute's bad share of its 60 s, rounded to the millisecond.</param>
public readonly record struct SloTally(long Good, long Total, int SeenMinutes, long BadMilliseconds)
{
    public long Bad => Total - Good;

    /// <summary>Good over total; null without data, never 1 in its place.</summary>
    public decimal? Ratio => Total == 0 ? null : (decimal)Good / Total;

    public static SloTally operator +(in SloTally left, in SloTally right) => new(
        left.Good + right.Good,
        left.Total + right.Total,
        left.SeenMinutes + right.SeenMinutes,
        left.BadMilliseconds + right.BadMilliseconds);

    public static SloTally operator -(in SloTally left, in SloTally right) => new(
        left.Good - right.Good,
        left.Total - right.Total,
        left.SeenMinutes - right.SeenMinutes,
        left.BadMilliseconds - right.BadMilliseconds);
}
