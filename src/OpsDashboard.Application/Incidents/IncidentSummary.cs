using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.OnCall;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Incidents;

/// <summary>An incident as lists and the API show it.</summary>
public sealed record IncidentSummary
{
    public required long Id { get; init; }

    /// <summary>#incident-YYYY-MM-DD-XXX; also the name of its channel.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Platform { get; init; }

    public required string Severity { get; init; }

    /// <summary>Critical, High, Medium or Low.</summary>
    public required string SeverityWord { get; init; }

    /// <summary>0 is the worst.</summary>
    public required int SeverityRank { get; init; }

    public required IncidentPhase Phase { get; init; }

    public required bool IsOpen { get; init; }

    /// <summary>Who has it now.</summary>
    public PersonRef? AcknowledgedBy { get; init; }

    public required EscalationStatus Escalation { get; init; }

    public required IReadOnlyList<ClockStatus> Clocks { get; init; }

    /// <summary>Nobody is called before; then the first level is. Null: not put off.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    public bool ClocksPaused { get; init; }

    public string? PauseReason { get; init; }

    public required MilestoneTimes Milestones { get; init; }

    public required IReadOnlyList<AffectedService> Services { get; init; }

    public PersonRef? Lead { get; init; }

    public long? MergedInto { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    internal static IncidentSummary Of(IncidentRow row, IncidentClocks clocks, long nowMs)
    {
        var level = IncidentClocks.LevelOf(row);
        var pause = row.Pauses.Find(pause => pause.UntilMs is null);
        return new()
        {
            Id = row.Id,
            Name = row.Name,
            Title = row.Title,
            Platform = row.Platform,
            Severity = row.Severity,
            SeverityWord = level.Word,
            SeverityRank = row.SeverityRank,
            Phase = row.Phase,
            IsOpen = row.IsOpen,
            AcknowledgedBy = row.AcknowledgedBy is { } by ? new PersonRef(row.AcknowledgedById ?? "", by) : null,
            Escalation = EscalationStatus.Of(row),
            SnoozedUntil = row.SnoozedUntilMs is { } until ? Instants.ToInstant(until) : null,
            Clocks = [.. clocks.Of(row).Select(clock => ClockStatus.Of(clock.At(nowMs)))],
            ClocksPaused = pause is not null,
            PauseReason = pause?.Reason,
            Milestones = MilestoneTimes.Of(row.Milestones),
            Services = [.. row.Services.OrderBy(service => service.Path, StringComparer.Ordinal).Select(service => new AffectedService(service.Path, service.Impact))],
            Lead = row.Roles.Find(role => role.Role == IncidentRole.Lead) is { } lead ? new PersonRef(lead.PersonId ?? "", lead.Person) : null,
            MergedInto = row.MergedIntoId,
            OpenedAt = Instants.ToInstant(row.OpenedAtMs),
        };
    }
}

/// <param name="Level">The level called last, from 0; -1: none yet.</param>
/// <param name="Cycle">With the level it names one call; "escalate now" is asked with both.</param>
/// <param name="NextAt">When the next level is called.</param>
/// <param name="Unanswered">Nobody was found to page, or nobody of all who were paged took it.</param>
public sealed record EscalationStatus(EscalationState State, int Level, string? LevelName, int Cycle, DateTimeOffset? NextAt, bool Unanswered, string? Policy)
{
    internal static EscalationStatus Of(IncidentRow row) => new(
        row.Escalation,
        row.EscalationLevel,
        row.LevelName,
        row.EscalationCycle,
        row.EscalationDueAtMs is { } due ? Instants.ToInstant(due) : null,
        row.Unanswered,
        row.PolicyId);
}

/// <param name="Limit">As the contract writes it: "15 minutes".</param>
/// <param name="DueAt">Null while paused.</param>
/// <param name="LeftSeconds">Running time left; negative when overdue.</param>
/// <param name="Clause">Where the contract says so.</param>
public sealed record ClockStatus(
    ClockKind Kind,
    ClockState State,
    string Limit,
    DateTimeOffset StartedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? StoppedAt,
    long LeftSeconds,
    string? Tier,
    Clause? Clause)
{
    internal static ClockStatus Of(ClockReading reading) => new(
        reading.Term.Kind,
        reading.State,
        reading.Term.Span.ToString(),
        Instants.ToInstant(reading.StartedMs),
        reading.DueMs is { } due ? Instants.ToInstant(due) : null,
        reading.StoppedMs is { } stopped ? Instants.ToInstant(stopped) : null,
        (long)Math.Floor(reading.LeftMs / 1_000m),
        reading.Term.Tier,
        reading.Term.Clause);
}

public sealed record MilestoneTimes(DateTimeOffset Started, DateTimeOffset Detected, DateTimeOffset? Acknowledged, DateTimeOffset? Mitigated, DateTimeOffset? Resolved)
{
    internal static MilestoneTimes Of(IncidentMilestones times) => new(
        Instants.ToInstant(times.StartedMs),
        Instants.ToInstant(times.DetectedMs),
        Read(times.AcknowledgedMs),
        Read(times.MitigatedMs),
        Read(times.ResolvedMs));

    private static DateTimeOffset? Read(long? ms) => ms is { } at ? Instants.ToInstant(at) : null;
}

/// <param name="Path">platform/service, or the platform alone.</param>
public sealed record AffectedService(string Path, ServiceImpact Impact);
