using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Maintenance;

public enum MaintenancePhase
{
    Planned,
    Running,
    Past,
}

/// <summary>Planned maintenance of a platform or one of its services, [Start, End), and what the objectives make of it.</summary>
public sealed record MaintenanceWindow
{
    public required int Id { get; init; }

    public required string Platform { get; init; }

    /// <summary>Null: the whole platform.</summary>
    public string? Service { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    /// <summary>When customers were told.</summary>
    public required DateTimeOffset AnnouncedAt { get; init; }

    public required string Reason { get; init; }

    public required string Author { get; init; }

    public required MaintenancePhase Phase { get; init; }

    /// <summary>The series that wrote it ahead; null: planned once.</summary>
    public int? SeriesId { get; init; }

    /// <summary>Since when the work is done and its effect is watched; null: not said.</summary>
    public DateTimeOffset? VerifyingSince { get; init; }

    /// <summary>One per different outcome; empty where no objective reads the platform or service.</summary>
    public IReadOnlyList<MaintenanceVerdict> Verdicts { get; init; } = [];
}

/// <summary>Why a part of a window is not forgiven.</summary>
public enum MaintenanceObjection
{
    /// <summary>All of it is forgiven.</summary>
    None,

    /// <summary>The objective knows no planned maintenance.</summary>
    NoTerms,

    /// <summary>Announced later than the notice rule asks.</summary>
    LateNotice,

    /// <summary>Beyond the cap of the calendar month.</summary>
    CapUsed,
}

/// <summary>What one set of terms makes of one window.</summary>
public sealed record MaintenanceVerdict
{
    /// <summary>Objectives this holds for.</summary>
    public required int Objectives { get; init; }

    /// <summary>Null: these objectives forgive nothing.</summary>
    public MaintenanceTerms? Terms { get; init; }

    /// <summary>Seconds taken out of the judgement, or counted as up.</summary>
    public required long ForgivenSeconds { get; init; }

    /// <summary>Seconds that count as measured, and as down where nothing reported.</summary>
    public required long UnforgivenSeconds { get; init; }

    public required MaintenanceObjection Objection { get; init; }
}
