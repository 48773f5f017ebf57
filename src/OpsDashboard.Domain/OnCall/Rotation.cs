using NodaTime;

namespace OpsDashboard.Domain.OnCall;

/// <summary>A turn of one person, [start, end).</summary>
public readonly record struct Shift(Instant Start, Instant End, string Person)
{
    public bool Covers(Instant at) => Start <= at && at < End;
}

/// <summary>
/// People who take turns on the wall clock of a zone. The k-th handoff is counted from the anchor's local date, never from the
/// handoff before, so a change of the clocks moves one handoff and none after it. Before the anchor nobody has a turn.
/// </summary>
public sealed record Rotation
{
    public const int MaxPeople = 100;

    public required RotationStep Every { get; init; }

    /// <summary>Local time of the handoffs; with steps of hours: of the first.</summary>
    public required LocalTime At { get; init; }

    /// <summary>Local date of handoff 0, at which the first person begins.</summary>
    public required LocalDate Anchor { get; init; }

    /// <summary>In the order of their turns; empty: nobody.</summary>
    public required IReadOnlyList<string> People { get; init; }

    /// <param name="index">0 for the anchor's.</param>
    public Instant Handoff(DateTimeZone zone, long index) => WallClock.At(
        zone,
        Every.Days > 0 ? Anchor.PlusDays(checked((int)(index * Every.Days))) + At : (Anchor + At).PlusHours(index * Every.Hours));

    /// <summary>Turns that touch [from, to), whole as they are. Empty turns, as an hour that the clocks skip, are left out.</summary>
    public IEnumerable<Shift> Shifts(DateTimeZone zone, Instant from, Instant to)
    {
        if (People.Count == 0 || from >= to)
        {
            yield break;
        }

        var index = Math.Max(0, IndexAt(zone, from));
        for (var start = Handoff(zone, index); start < to; index++)
        {
            var end = Handoff(zone, index + 1);
            if (end > start && end > from)
            {
                yield return new Shift(start, end, People[(int)(index % People.Count)]);
            }

            start = end;
        }
    }

    /// <returns>Null before the anchor and when nobody takes part.</returns>
    public string? WhoAt(DateTimeZone zone, Instant at) =>
        People.Count > 0 && IndexAt(zone, at) is >= 0 and var index ? People[(int)(index % People.Count)] : null;

    /// <summary>The last handoff at or before an instant; negative before the anchor's.</summary>
    private long IndexAt(DateTimeZone zone, Instant at)
    {
        var local = at.InZone(zone).LocalDateTime;
        var hours = Period.Between(Anchor + At, local, PeriodUnits.Hours).Hours;
        var step = Every.Days > 0 ? 24L * Every.Days : Every.Hours;

        // A change of the clocks puts the estimate off by a turn, or by several where turns are short.
        var index = Math.DivRem(hours, step, out _);
        while (Handoff(zone, index) > at)
        {
            index--;
        }

        while (Handoff(zone, index + 1) <= at)
        {
            index++;
        }

        return index;
    }
}
