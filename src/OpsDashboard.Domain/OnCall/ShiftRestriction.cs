using NodaTime;

namespace OpsDashboard.Domain.OnCall;

/// <summary>Hours in which a layer counts, on the wall clock: as weekdays from 18:00 to 08:00 of the next day.</summary>
public sealed record ShiftRestriction
{
    /// <summary>Days on which the hours begin; empty: every day.</summary>
    public required IReadOnlyList<IsoDayOfWeek> Days { get; init; }

    public required LocalTime From { get; init; }

    /// <summary>At or before <see cref="From"/>: on the day after.</summary>
    public required LocalTime To { get; init; }

    internal IEnumerable<Interval> Hours(DateTimeZone zone, Instant from, Instant to)
    {
        var last = to.InZone(zone).Date;
        for (var day = from.InZone(zone).Date.PlusDays(-2); day <= last; day = day.PlusDays(1))
        {
            if (Days.Count > 0 && !Days.Contains(day.DayOfWeek))
            {
                continue;
            }

            var start = WallClock.At(zone, day + From);
            var end = WallClock.At(zone, (To > From ? day : day.PlusDays(1)) + To);
            if (end > start && end > from && start < to)
            {
                yield return new Interval(start, end);
            }
        }
    }
}

/// <summary>A rotation within a schedule. Of several layers the later one wins where it has someone.</summary>
public sealed record OnCallLayer
{
    public required string Name { get; init; }

    public required Rotation Rotation { get; init; }

    /// <summary>Empty: around the clock. Several add up.</summary>
    public IReadOnlyList<ShiftRestriction> Restrictions { get; init; } = [];

    /// <summary>What of each turn lies within the hours of the layer, in order; each with the turn it is of.</summary>
    public IEnumerable<(Shift Part, Shift Whole)> Shifts(DateTimeZone zone, Instant from, Instant to)
    {
        var hours = Hours(zone, from, to);
        foreach (var shift in Rotation.Shifts(zone, from, to))
        {
            foreach (var allowed in hours)
            {
                var start = Instant.Max(Instant.Max(shift.Start, allowed.Start), from);
                var end = Instant.Min(Instant.Min(shift.End, allowed.End), to);
                if (start < end)
                {
                    yield return (shift with { Start = start, End = end }, shift);
                }
            }
        }
    }

    private List<Interval> Hours(DateTimeZone zone, Instant from, Instant to)
    {
        if (Restrictions.Count == 0)
        {
            return [new Interval(from, to)];
        }

        var merged = new List<Interval>();
        foreach (var next in Restrictions.SelectMany(restriction => restriction.Hours(zone, from, to)).OrderBy(span => span.Start))
        {
            if (merged.Count > 0 && next.Start <= merged[^1].End)
            {
                merged[^1] = new Interval(merged[^1].Start, Instant.Max(merged[^1].End, next.End));
            }
            else
            {
                merged.Add(next);
            }
        }

        return merged;
    }
}
