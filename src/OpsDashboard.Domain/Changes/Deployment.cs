namespace OpsDashboard.Domain.Changes;

public enum DeploymentOutcome
{
    InProgress,
    Succeeded,
    Failed,

    /// <summary>It was live, and was taken back.</summary>
    RolledBack,
}

public enum StageOutcome
{
    Running,
    Passed,
    Failed,
    Skipped,
}

/// <summary>A step on the way to production.</summary>
/// <param name="Name">review, ci, staging, smoke, production or soak; others are kept and shown.</param>
public sealed record DeploymentStage(string Name, StageOutcome Outcome, DateTimeOffset StartedAt, DateTimeOffset? EndedAt);

/// <summary>One change that was brought into an environment, as the program that deployed it tells.</summary>
public sealed record Deployment
{
    public const string Production = "production";

    /// <summary>The deployer's own name for it; told again it is the same deployment, further on.</summary>
    public required string Id { get; init; }

    /// <summary>platform/service.</summary>
    public required string Service { get; init; }

    public string Environment { get; init; } = Production;

    public required string Version { get; init; }

    public string? Commit { get; init; }

    /// <summary>Of the oldest commit that is new in it; lead times begin here.</summary>
    public DateTimeOffset? CommittedAt { get; init; }

    public required string Author { get; init; }

    public string? Team { get; init; }

    /// <summary>Who approved the change.</summary>
    public IReadOnlyList<string> Approvals { get; init; } = [];

    public IReadOnlyList<DeploymentStage> Stages { get; init; } = [];

    /// <summary>The emergency path: repairs what a deployment before it broke.</summary>
    public bool IsHotfix { get; init; }

    /// <summary>The VP Engineering, who must approve the emergency path.</summary>
    public string? HotfixApprovedBy { get; init; }

    /// <summary>Users notice it: it needs a maintenance window.</summary>
    public bool HasImpact { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was live, or had failed.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public DeploymentOutcome Outcome { get; init; }

    /// <summary>When service was as before, after it failed or was taken back.</summary>
    public DateTimeOffset? RecoveredAt { get; init; }

    public bool IsProduction => string.Equals(Environment, Production, StringComparison.OrdinalIgnoreCase);

    public bool HasFailed => Outcome is DeploymentOutcome.Failed or DeploymentOutcome.RolledBack;
}
