namespace OpsDashboard.Domain.Incidents.Alerts;

/// <summary>Keeps alerts from paging for a while; they are recorded all the same.</summary>
/// <param name="EndsAtMs">Exclusive. A silence without an end does not exist.</param>
public sealed record Silence(IReadOnlyList<LabelMatcher> Matchers, long StartsAtMs, long EndsAtMs)
{
    public const int MaxMatchers = 20;

    /// <summary>Longest silence: what is silent for longer is a rule that should be changed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public bool IsActiveAt(long nowMs) => StartsAtMs <= nowMs && nowMs < EndsAtMs;

    /// <summary>All matchers must match.</summary>
    public bool Mutes(IReadOnlyDictionary<string, string> labels, long nowMs) =>
        IsActiveAt(nowMs) && Matchers.Count > 0 && Matchers.All(matcher => matcher.Matches(labels));
}
