namespace OpsDashboard.Domain.Incidents;

public enum EscalationState
{
    /// <summary>The next level is due at a known instant.</summary>
    Running,

    /// <summary>Somebody has it: nothing is due.</summary>
    Acknowledged,

    /// <summary>Put off by a person until an instant of the calendar: nothing is due before, and the first level is called then.</summary>
    Snoozed,

    /// <summary>All levels of all rounds were called and nobody took it.</summary>
    Exhausted,

    /// <summary>The incident is resolved or merged.</summary>
    Ended,
}

/// <summary>The times of a policy.</summary>
/// <param name="DelaysMs">Of each level after the one before; of the first after opening. At least one.</param>
/// <param name="Repeats">Rounds after the first.</param>
public sealed record EscalationPlan(IReadOnlyList<long> DelaysMs, int Repeats)
{
    /// <summary>A policy whose levels have no delay would call everybody again at once.</summary>
    public const long ShortestRoundPauseMs = 60_000;

    /// <summary>From the last level of a round to the first of the next.</summary>
    public long RoundPauseMs => Math.Max(ShortestRoundPauseMs, Math.Max(DelaysMs[0], DelaysMs[^1]));
}

/// <summary>
/// Where an escalation stands. The next time counts from when a level was really called, so that one who returns after an outage
/// is not called by all levels at once.
/// </summary>
/// <param name="Level">The level called last, from 0; -1 before the first of a round.</param>
/// <param name="Cycle">Round, from 0; grows with every new start, so that level and cycle name one call of one level for good.</param>
/// <param name="Round">Round of this start, from 0; compared with the plan's repeats.</param>
/// <param name="DueMs">When the next level is called; null unless running.</param>
public sealed record EscalationRun(EscalationState State, int Level, int Cycle, int Round, long? DueMs)
{
    public static EscalationRun Start(EscalationPlan plan, long nowMs) => new(EscalationState.Running, -1, 0, 0, nowMs + plan.DelaysMs[0]);

    /// <summary>Calls the next level, or finds that all rounds are through.</summary>
    /// <returns>The run after it: running, with the called level as its <see cref="Level"/>; or exhausted, and nobody was called.</returns>
    /// <exception cref="InvalidOperationException">Nothing is due.</exception>
    public EscalationRun Advance(EscalationPlan plan, long nowMs)
    {
        if (State != EscalationState.Running)
        {
            throw new InvalidOperationException($"A run that is {State} calls nobody.");
        }

        return Level + 1 >= plan.DelaysMs.Count && Round >= plan.Repeats
            ? this with { State = EscalationState.Exhausted, DueMs = null }
            : Call(plan, nowMs, Round + 1);
    }

    /// <summary>A person calls the next level, whoever has acknowledged; after the last a new round begins.</summary>
    /// <exception cref="InvalidOperationException">The incident is over.</exception>
    public EscalationRun EscalateNow(EscalationPlan plan, long nowMs)
    {
        if (State == EscalationState.Ended)
        {
            throw new InvalidOperationException("The incident is over.");
        }

        return Call(plan, nowMs, nextRound: 0);
    }

    /// <summary>An acknowledgement stops the clock.</summary>
    /// <exception cref="InvalidOperationException">The incident is over.</exception>
    public EscalationRun Acknowledge() => State == EscalationState.Ended
        ? throw new InvalidOperationException("The incident is over.")
        : this with { State = EscalationState.Acknowledged, DueMs = null };

    /// <summary>A person puts it off; who keeps the instant calls <see cref="Restart"/> then.</summary>
    /// <exception cref="InvalidOperationException">The incident is over.</exception>
    public EscalationRun Snooze() => State == EscalationState.Ended
        ? throw new InvalidOperationException("The incident is over.")
        : this with { State = EscalationState.Snoozed, DueMs = null };

    /// <summary>A step was taken back: what was due before it is due again, at once where its instant has passed meanwhile.</summary>
    public EscalationRun Resume(long nowMs) => DueMs is { } due ? this with { DueMs = Math.Max(due, nowMs) } : this;

    /// <summary>The acknowledgement counts no longer, the incident came back, or it got worse: the first level is due at once.</summary>
    public EscalationRun Restart(long nowMs) => new(EscalationState.Running, -1, Cycle + 1, 0, nowMs);

    public EscalationRun End() => this with { State = EscalationState.Ended, DueMs = null };

    private EscalationRun Call(EscalationPlan plan, long nowMs, int nextRound)
    {
        // Beyond the last level, also where a policy lost levels since, the next round begins.
        var before = Level + 1 < plan.DelaysMs.Count ? this : this with { Level = -1, Cycle = Cycle + 1, Round = nextRound };
        var level = before.Level + 1;
        var wait = level + 1 < plan.DelaysMs.Count ? plan.DelaysMs[level + 1] : plan.RoundPauseMs;
        return before with { State = EscalationState.Running, Level = level, DueMs = nowMs + wait };
    }
}
