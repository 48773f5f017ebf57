namespace OpsDashboard.Domain.Audit;

/// <summary>How what was tried came out.</summary>
public enum AuditOutcome
{
    Done,

    /// <summary>A rule refused it; nothing changed.</summary>
    Refused,

    /// <summary>Who tried may not do it; nothing changed.</summary>
    Denied,
}

/// <summary>One field of one stored object, before and after. Null: the object did not exist then, or the field was empty.</summary>
public sealed record AuditChange(string Entity, string Key, string Field, string? Before, string? After);

/// <summary>What somebody did or tried. Secrets and contact data are redacted before it is made.</summary>
public sealed record AuditFact
{
    /// <summary>Unix milliseconds, UTC.</summary>
    public required long AtMs { get; init; }

    public required string Actor { get; init; }

    /// <summary>Address of who asked; null for the product's own work.</summary>
    public string? From { get; init; }

    /// <summary>Name of the request, such as <c>EditSlo</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to, such as <c>mlops/model-serving-api/uptime</c>; null where the request names nothing.</summary>
    public string? Object { get; init; }

    public required AuditOutcome Outcome { get; init; }

    /// <summary>The request as JSON, or why it was refused.</summary>
    public string? Detail { get; init; }

    public IReadOnlyList<AuditChange> Changes { get; init; } = [];
}
