using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Changes;

/// <summary>What a service showed since a deployment was live; a fraction or milliseconds, null where it measures none.</summary>
/// <param name="Requests">How many requests the error rate was made from.</param>
public sealed record SoakReading(decimal? ErrorRate, long Requests, decimal? P99Ms, decimal? HealthFailures);

/// <summary>A trigger that was crossed.</summary>
/// <param name="Rule">errorRate, latencyP99 or healthChecks.</param>
/// <param name="Value">What was measured, as <paramref name="Limit"/>: a fraction, or milliseconds.</param>
public sealed record RollbackTrigger(string Rule, decimal Value, decimal Limit, Clause Clause);

/// <summary>When a deployment is to be taken back by itself, while it is watched (6.2).</summary>
public static class RollbackRules
{
    public const decimal MostErrors = 0.10m;
    public const decimal MostP99Ms = 3_000m;
    public const decimal MostHealthFailures = 0.50m;

    /// <summary>Fewer requests tell nothing: one of three that failed is no outage.</summary>
    public const long FewestRequests = 20;

    private const string Document = "SLA Playbook & Enterprise Hardening";
    private const string Section = "6.2 Rollback Procedure / Automated Rollback Triggers";

    /// <returns>The first trigger crossed, in the contract's order; null: none.</returns>
    public static RollbackTrigger? Judge(SoakReading reading)
    {
        if (reading is { ErrorRate: > MostErrors, Requests: >= FewestRequests })
        {
            return new("errorRate", reading.ErrorRate.Value, MostErrors, ClauseOf("errorRate"));
        }

        if (reading.P99Ms > MostP99Ms)
        {
            return new("latencyP99", reading.P99Ms.Value, MostP99Ms, ClauseOf("latencyP99"));
        }

        return reading.HealthFailures > MostHealthFailures
            ? new("healthChecks", reading.HealthFailures.Value, MostHealthFailures, ClauseOf("healthChecks"))
            : null;
    }

    /// <param name="rule">errorRate, latencyP99 or healthChecks.</param>
    public static Clause ClauseOf(string rule) => new(Document, Section, rule switch
    {
        "errorRate" => "Error rate >10%",
        "latencyP99" => "Latency p99 >3s",
        "healthChecks" => "Health check failures >50%",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "There is no such trigger."),
    });

    /// <summary>Whether a deployment is watched at an instant: from when it was live for half an hour.</summary>
    public static bool IsWatched(Deployment deployment, DateTimeOffset at) =>
        deployment is { IsProduction: true, Outcome: DeploymentOutcome.Succeeded, FinishedAt: { } live } && at >= live && at < live + DeploymentPolicy.Soak;
}
