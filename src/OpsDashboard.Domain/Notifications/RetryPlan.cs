namespace OpsDashboard.Domain.Notifications;

/// <summary>When a message that could not be handed over is tried again: 1 s, 2 s, 4 s … up to 5 minutes, each a little off so that many do not come back at once.</summary>
public static class RetryPlan
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>A receiver may ask for more patience than the plan has, up to this.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(15);

    /// <summary>Share by which a wait is stretched or cut at most.</summary>
    public const double Spread = 0.2;

    /// <param name="attempts">Tries made so far, at least 1.</param>
    /// <param name="chance">In [0, 1): where in the spread this wait lies.</param>
    /// <param name="asked">The wait the receiver asked for.</param>
    public static TimeSpan WaitAfter(int attempts, double chance, TimeSpan? asked = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        var plain = attempts > 9 ? Longest : TimeSpan.FromSeconds(Math.Min(1 << (attempts - 1), Longest.TotalSeconds));
        var wait = plain * (1 - Spread + (2 * Spread * chance));
        var least = asked is { } given ? (given < LongestAsked ? given : LongestAsked) : TimeSpan.Zero;
        return wait > least ? wait : least;
    }
}
