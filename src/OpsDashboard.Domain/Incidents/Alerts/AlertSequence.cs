namespace OpsDashboard.Domain.Incidents.Alerts;

/// <summary>One firing of an alert as far as it is known.</summary>
/// <param name="EndsAtMs">When its sender says it ended; null while it fires.</param>
/// <param name="EndSeenAtMs">When that was learnt, by our own clock.</param>
public sealed record KnownOccurrence(long StartsAtMs, long? EndsAtMs = null, long? EndSeenAtMs = null)
{
    public bool IsOpen => EndsAtMs is null;
}

/// <summary>What a message that an alert fires means.</summary>
public enum FiringVerdict
{
    /// <summary>Nothing of this alert was open: it opens.</summary>
    Opens,

    /// <summary>It is open and fired anew: counted, and no new page.</summary>
    FiresAgain,

    /// <summary>The same firing told again: counted, and no new page.</summary>
    Repeats,

    /// <summary>A message overtaken by the news that the firing had ended.</summary>
    Late,
}

/// <summary>
/// Messages come twice, late and in any order. What counts is when a firing started and ended by its sender, not when it was told.
/// </summary>
public static class AlertSequence
{
    /// <summary>
    /// How long a firing that began before a known end is taken for an overtaken message. After it the sender means it: Alertmanager
    /// goes on with the old start when its source was away for a while.
    /// </summary>
    public static readonly TimeSpan Overtaking = TimeSpan.FromMinutes(2);

    public static FiringVerdict OfFiring(IReadOnlyCollection<KnownOccurrence> known, long startsAtMs, long nowMs)
    {
        var open = known.Where(occurrence => occurrence.IsOpen).ToList();
        if (open.Exists(occurrence => occurrence.StartsAtMs == startsAtMs))
        {
            return FiringVerdict.Repeats;
        }

        if (known.Any(occurrence => Overtakes(occurrence, startsAtMs, nowMs)))
        {
            return FiringVerdict.Late;
        }

        if (open.Count == 0)
        {
            return FiringVerdict.Opens;
        }

        return open.Exists(occurrence => occurrence.StartsAtMs < startsAtMs) ? FiringVerdict.FiresAgain : FiringVerdict.Repeats;
    }

    /// <summary>The open firings that a message of an end closes: the one it names and all that began before that end.</summary>
    /// <param name="startsAtMs">Null: the message names no firing.</param>
    public static IReadOnlyList<KnownOccurrence> ClosedBy(IEnumerable<KnownOccurrence> known, long? startsAtMs, long endsAtMs) =>
        [.. known.Where(occurrence => occurrence.IsOpen && (occurrence.StartsAtMs == startsAtMs || occurrence.StartsAtMs <= endsAtMs))];

    /// <summary>Whether an end of a firing that nobody told of must be remembered, so that the firing does not open when it comes at last.</summary>
    public static bool MustRemember(IReadOnlyCollection<KnownOccurrence> known, long startsAtMs) =>
        known.All(occurrence => occurrence.StartsAtMs != startsAtMs);

    private static bool Overtakes(KnownOccurrence ended, long startsAtMs, long nowMs) =>
        ended is { EndsAtMs: { } endsAt, EndSeenAtMs: { } seenAt }
        && (startsAtMs == ended.StartsAtMs || startsAtMs < endsAt)
        && nowMs - seenAt < (long)Overtaking.TotalMilliseconds;
}
