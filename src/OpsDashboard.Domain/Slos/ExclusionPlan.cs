using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Slos;

/// <summary>Which minutes of a span an objective forgives as planned maintenance, and which planned minutes it does not.</summary>
/// <remarks>
/// Windows count by whole minutes, rounded inward, so no part of a minute is forgiven that was not planned. A window announced later
/// than the notice rule asks is not forgiven. In each calendar month (UTC) the cap is used up in order of time, overlapping windows
/// once; what lies beyond is not forgiven. A planned minute that is not forgiven counts as measured, and as down where nothing
/// reported and the budget is kept in time.
/// </remarks>
public sealed class ExclusionPlan
{
    public static readonly ExclusionPlan None = new(ExclusionMode.Removed, [], []);

    private readonly ExclusionMode mode;

    private ExclusionPlan(ExclusionMode mode, IReadOnlyList<WindowSpan> forgiven, IReadOnlyList<WindowSpan> unforgiven)
    {
        this.mode = mode;
        Forgiven = forgiven;
        Unforgiven = unforgiven;
    }

    /// <summary>Ascending and apart, inside the span.</summary>
    public IReadOnlyList<WindowSpan> Forgiven { get; }

    /// <summary>Ascending and apart, inside the span.</summary>
    public IReadOnlyList<WindowSpan> Unforgiven { get; }

    public bool IsEmpty => Forgiven.Count == 0 && Unforgiven.Count == 0;

    /// <param name="terms">Null: the objective knows no maintenance, and all minutes count as measured.</param>
    /// <param name="windows">All that touch the span or the calendar month it starts in, since they share that month's cap.</param>
    public static ExclusionPlan Of(MaintenanceTerms? terms, IReadOnlyList<PlannedMaintenance> windows, WindowSpan span)
    {
        if (terms is null || windows.Count == 0)
        {
            return None;
        }

        var planned = Union(windows.Select(ToMinutes));
        var announced = Union(windows.Where(w => IsAnnounced(w, terms)).Select(ToMinutes));
        var forgiven = terms.CapPerMonthSeconds is { } cap ? Capped(announced, cap / 60) : announced;
        return new(terms.Mode, Clip(forgiven, span), Clip(Without(planned, forgiven), span));
    }

    /// <summary>Minutes of [from, to) that the plan forgives.</summary>
    public int ForgivenMinutes(int from, int to)
    {
        var minutes = 0;
        foreach (var span in Forgiven)
        {
            minutes += Math.Max(0, Math.Min(span.End, to) - Math.Max(span.Start, from));
        }

        return minutes;
    }

    /// <summary>Minutes of [from, to) that leave the denominator, of coverage too.</summary>
    public int RemovedMinutes(int from, int to) => mode == ExclusionMode.Removed ? ForgivenMinutes(from, to) : 0;

    /// <summary>What the plan changes in the tally of [from, to): to be added to what was measured.</summary>
    /// <param name="measured">Tally of one minute as measured; null where only its hour is known, which then stays as it is.</param>
    /// <param name="unfinishedMinute">The minute under way: silence in it is not yet an outage.</param>
    public SloTally Change(BudgetingMethod method, int from, int to, int unfinishedMinute, Func<int, SloTally?> measured)
    {
        var change = default(SloTally);
        foreach (var span in Forgiven)
        {
            for (var minute = Math.Max(span.Start, from); minute < Math.Min(span.End, to); minute++)
            {
                if (measured(minute) is { } was)
                {
                    change += (mode == ExclusionMode.Removed ? default : CountedAsUp(method, was)) - was;
                }
            }
        }

        var down = MinuteOutcome.Down(method);
        foreach (var span in down == default ? [] : Unforgiven)
        {
            for (var minute = Math.Max(span.Start, from); minute < Math.Min(span.End, to); minute++)
            {
                if (minute != unfinishedMinute && measured(minute) is { SeenMinutes: 0 })
                {
                    change += down;
                }
            }
        }

        return change;
    }

    private static SloTally CountedAsUp(BudgetingMethod method, in SloTally was) => method switch
    {
        BudgetingMethod.Occurrences => new(was.Total, was.Total, 1, 0),
        BudgetingMethod.Timeslices or BudgetingMethod.RatioTimeslices => MinuteOutcome.Up(method),
    };

    private static bool IsAnnounced(PlannedMaintenance window, MaintenanceTerms terms) =>
        terms.NoticeSeconds == 0 || window.AnnouncedAt <= window.Start - (terms.NoticeSeconds * 1000);

    private static WindowSpan ToMinutes(PlannedMaintenance window) =>
        new(TimeIndex.MinuteOf(window.Start + TimeIndex.MillisecondsPerMinute - 1), TimeIndex.MinuteOf(window.End));

    private static List<WindowSpan> Union(IEnumerable<WindowSpan> spans)
    {
        var union = new List<WindowSpan>();
        foreach (var span in spans.Where(s => s.End > s.Start).OrderBy(s => s.Start))
        {
            if (union.Count > 0 && span.Start <= union[^1].End)
            {
                union[^1] = new(union[^1].Start, Math.Max(union[^1].End, span.End));
            }
            else
            {
                union.Add(span);
            }
        }

        return union;
    }

    private static List<WindowSpan> Capped(List<WindowSpan> spans, long capMinutes)
    {
        var capped = new List<WindowSpan>();
        var month = default(WindowSpan);
        var left = 0L;
        foreach (var span in spans)
        {
            for (var start = span.Start; start < span.End;)
            {
                if (start >= month.End || start < month.Start)
                {
                    (month, left) = (WindowSpan.MonthOf(start), capMinutes);
                }

                var end = Math.Min(span.End, month.End);
                var forgiven = (int)Math.Min(left, end - start);
                if (forgiven > 0)
                {
                    capped.Add(new(start, start + forgiven));
                }

                left -= forgiven;
                start = end;
            }
        }

        return capped;
    }

    private static List<WindowSpan> Without(List<WindowSpan> spans, List<WindowSpan> taken)
    {
        var rest = new List<WindowSpan>();
        foreach (var span in spans)
        {
            var start = span.Start;
            foreach (var hole in taken.Where(t => t.End > span.Start && t.Start < span.End))
            {
                if (hole.Start > start)
                {
                    rest.Add(new(start, hole.Start));
                }

                start = hole.End;
            }

            if (start < span.End)
            {
                rest.Add(new(start, span.End));
            }
        }

        return rest;
    }

    private static List<WindowSpan> Clip(List<WindowSpan> spans, WindowSpan to) =>
        [.. spans.Select(s => new WindowSpan(Math.Max(s.Start, to.Start), Math.Min(s.End, to.End))).Where(s => s.End > s.Start)];
}
