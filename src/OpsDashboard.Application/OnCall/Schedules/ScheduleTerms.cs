namespace OpsDashboard.Application.OnCall.Schedules;

/// <summary>A position of a schedule as it is written: in the store, in the API and in the editor.</summary>
public sealed record PositionTerms
{
    public const int MaxPositions = 6;

    /// <summary>A slug, unique within its schedule.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>From the lowest to the highest: the later wins where it has someone.</summary>
    public required IReadOnlyList<LayerTerms> Layers { get; init; }
}

/// <summary>A rotation within a position.</summary>
public sealed record LayerTerms
{
    public const int MaxLayers = 10;

    public required string Name { get; init; }

    /// <summary>day, week, or an ISO 8601 duration of whole days, weeks or hours: P3D, P2W, PT12H.</summary>
    public required string Every { get; init; }

    /// <summary>Local time of the handoffs, as 09:00.</summary>
    public required string At { get; init; }

    /// <summary>Local date at which the first person begins, as 2026-11-02.</summary>
    public required string Anchor { get; init; }

    /// <summary>Ids in the order of their turns.</summary>
    public required IReadOnlyList<string> People { get; init; }

    /// <summary>Empty: around the clock.</summary>
    public IReadOnlyList<RestrictionTerms> Restrictions { get; init; } = [];
}

/// <summary>Hours in which a layer counts.</summary>
public sealed record RestrictionTerms
{
    public const int MaxRestrictions = 14;

    /// <summary>monday to sunday, on which the hours begin; empty: every day.</summary>
    public IReadOnlyList<string> Days { get; init; } = [];

    /// <summary>Local time, as 18:00.</summary>
    public required string From { get; init; }

    /// <summary>At or before the start: on the day after.</summary>
    public required string To { get; init; }
}
