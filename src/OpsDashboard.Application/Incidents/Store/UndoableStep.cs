using System.Text.Json;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.Store;

internal enum StepKind
{
    Acknowledged,
    Snoozed,
    Resolved,
}

/// <summary>The last step of a person on an incident that can be taken back, with how it stood before.</summary>
internal sealed record UndoableStep
{
    public required StepKind Kind { get; init; }

    public required long AtMs { get; init; }

    public required string By { get; init; }

    public required EscalationRun Run { get; init; }

    public long? SnoozedUntilMs { get; init; }

    public string? AcknowledgedBy { get; init; }

    public string? AcknowledgedById { get; init; }

    public long? AcknowledgedAtMs { get; init; }

    public long? MitigatedAtMs { get; init; }

    public required IncidentPhase Phase { get; init; }

    public required bool Unanswered { get; init; }

    /// <summary>Remembers how the incident stands, before the step changes it.</summary>
    public static void Keep(IncidentRow incident, StepKind kind, string by, long nowMs) => incident.Undo = JsonSerializer.Serialize(
        new UndoableStep
        {
            Kind = kind,
            AtMs = nowMs,
            By = by,
            Run = incident.Run,
            SnoozedUntilMs = incident.SnoozedUntilMs,
            AcknowledgedBy = incident.AcknowledgedBy,
            AcknowledgedById = incident.AcknowledgedById,
            AcknowledgedAtMs = incident.AcknowledgedAtMs,
            MitigatedAtMs = incident.MitigatedAtMs,
            Phase = incident.Phase,
            Unanswered = incident.Unanswered,
        },
        StoreJson.Options);

    public static UndoableStep? Of(IncidentRow incident) => incident.Undo is { } json ? JsonSerializer.Deserialize<UndoableStep>(json, StoreJson.Options) : null;

    /// <summary>Whether the incident still stands as the step left it.</summary>
    public bool Holds(IncidentRow incident) => Kind switch
    {
        StepKind.Acknowledged => incident.Escalation == EscalationState.Acknowledged,
        StepKind.Snoozed => incident.Escalation == EscalationState.Snoozed,
        StepKind.Resolved => incident is { IsOpen: false, MergedIntoId: null } && incident.ResolvedAtMs == AtMs,
    };
}
