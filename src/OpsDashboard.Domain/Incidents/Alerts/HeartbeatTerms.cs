namespace OpsDashboard.Domain.Incidents.Alerts;

/// <summary>A sign of life that must come again and again.</summary>
/// <param name="IntervalSeconds">Longest time between two pings.</param>
/// <param name="GraceSeconds">Added to it before the alarm.</param>
public sealed record HeartbeatTerms(int IntervalSeconds, int GraceSeconds)
{
    public const int ShortestInterval = 10;
    public const int LongestInterval = 40 * 86_400;
    public const int LongestGrace = 7 * 86_400;

    /// <summary>When it is missed. One that never came counts from when it was set up, so that it is alarmed too.</summary>
    public long DueAtMs(long createdAtMs, long? lastPingAtMs) => (lastPingAtMs ?? createdAtMs) + ((IntervalSeconds + (long)GraceSeconds) * 1000);

    public bool IsMissed(long createdAtMs, long? lastPingAtMs, long nowMs) => nowMs >= DueAtMs(createdAtMs, lastPingAtMs);
}
