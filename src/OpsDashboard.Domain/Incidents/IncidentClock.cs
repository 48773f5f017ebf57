namespace OpsDashboard.Domain.Incidents;

public enum ClockState
{
    Running,

    /// <summary>Somebody stopped it for a reason; it goes on where it stood.</summary>
    Paused,

    /// <summary>Stopped in time.</summary>
    Met,

    /// <summary>Still running, past its due time.</summary>
    Overdue,

    /// <summary>Stopped, but too late.</summary>
    Missed,
}

/// <summary>A stretch in which an incident's clocks stand. Never empty; an open one has no end yet.</summary>
public readonly record struct ClockPause(long FromMs, long? UntilMs);

/// <summary>How a clock stands at one instant.</summary>
/// <param name="DueMs">Null while it is paused: it moves on with the pause.</param>
/// <param name="LeftMs">Running time left: opening time where the term counts business days. Negative: overdue by so much.</param>
public sealed record ClockReading(ClockTerm Term, ClockState State, long StartedMs, long? DueMs, long? StoppedMs, long LeftMs);

/// <summary>One promise of time: runs from an instant until it is stopped, on a calendar, less its pauses.</summary>
/// <param name="Pauses">In order, apart from each other.</param>
public sealed record IncidentClock(ClockTerm Term, BusinessCalendar Calendar, long StartedMs, long? StoppedMs, IReadOnlyList<ClockPause> Pauses)
{
    private bool ByCalendar => Term.Span.Unit == ClockUnit.BusinessDays;

    /// <summary>When it runs out, or null if it stands paused before that.</summary>
    public long? DueMs
    {
        get
        {
            var (at, left) = (StartedMs, Term.Span.RunningMs(Calendar));
            foreach (var pause in Pauses)
            {
                if (pause.UntilMs <= at)
                {
                    continue;
                }

                var ran = Elapsed(at, Math.Max(at, pause.FromMs));
                if (ran >= left)
                {
                    break;
                }

                left -= ran;
                if (pause.UntilMs is not { } until)
                {
                    return null;
                }

                at = until;
            }

            return Add(at, left);
        }
    }

    public ClockReading At(long nowMs)
    {
        var due = DueMs;
        var end = StoppedMs ?? nowMs;
        var state = (StoppedMs, due) switch
        {
            (null, null) => ClockState.Paused,
            (null, { } runsOut) => nowMs >= runsOut ? ClockState.Overdue : IsPausedAt(nowMs) ? ClockState.Paused : ClockState.Running,
            // What was paused when it stopped had time left.
            ({ }, null) => ClockState.Met,
            ({ } stopped, { } runsOut) => stopped <= runsOut ? ClockState.Met : ClockState.Missed,
        };
        return new(Term, state, StartedMs, state == ClockState.Paused ? null : due, StoppedMs, Term.Span.RunningMs(Calendar) - RanUntil(end));
    }

    private bool IsPausedAt(long ms) => Pauses.Any(pause => pause.FromMs <= ms && (pause.UntilMs is null || ms < pause.UntilMs));

    /// <summary>Running time until an instant: what passed, less the pauses.</summary>
    private long RanUntil(long endMs)
    {
        var (at, ran) = (StartedMs, 0L);
        foreach (var pause in Pauses)
        {
            if (pause.FromMs >= endMs)
            {
                break;
            }

            ran += Elapsed(at, Math.Max(at, pause.FromMs));
            at = Math.Max(at, Math.Min(pause.UntilMs ?? endMs, endMs));
        }

        return ran + Elapsed(at, Math.Max(at, endMs));
    }

    private long Elapsed(long fromMs, long toMs) => ByCalendar ? Calendar.Between(fromMs, toMs) : toMs - fromMs;

    private long Add(long fromMs, long ms) => ByCalendar ? Calendar.Add(fromMs, ms) : fromMs + ms;
}
