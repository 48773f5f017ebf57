namespace OpsDashboard.Domain.OnCall;

/// <summary>Whom to page, in which order, until someone acknowledges.</summary>
public sealed record EscalationPolicy
{
    public const int MaxLevels = 10;
    public const int MaxRepeats = 20;

    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>How often all levels are gone through again after the first time; 0: once.</summary>
    public required int Repeats { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<EscalationLevel> Levels { get; init; }
}

/// <summary>One step of a policy: everyone it names is paged at once.</summary>
public sealed record EscalationLevel
{
    public const int MaxDelaySeconds = 7 * 86_400;
    public const int MaxTargets = 20;

    public required string Name { get; init; }

    /// <summary>Seconds after the level before was paged; for the first level after the opening.</summary>
    public required int DelaySeconds { get; init; }

    public required IReadOnlyList<EscalationTarget> Targets { get; init; }
}

/// <summary>Who is meant; resolved to people when the page is owed, not before.</summary>
public sealed record EscalationTarget
{
    public required TargetKind Kind { get; init; }

    /// <summary>Of the person, the rotation (schedule/position) or the role; null for everyone.</summary>
    public string? Id { get; init; }

    public static EscalationTarget Everyone { get; } = new() { Kind = TargetKind.Everyone };

    public static EscalationTarget Person(string id) => new() { Kind = TargetKind.Person, Id = id };

    /// <param name="id">As operations/primary.</param>
    public static EscalationTarget Rotation(string id) => new() { Kind = TargetKind.Rotation, Id = id };

    public static EscalationTarget Role(string id) => new() { Kind = TargetKind.Role, Id = id };
}

public enum TargetKind
{
    Person,

    /// <summary>Whoever is on call at a position of a schedule.</summary>
    Rotation,

    /// <summary>Everyone who has a role, as the contracts name their addressees.</summary>
    Role,
    Everyone,
}
