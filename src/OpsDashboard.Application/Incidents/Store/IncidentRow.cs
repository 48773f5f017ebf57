using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.Store;

internal sealed class IncidentRow
{
    public const int MaxTitleLength = 200;
    public const int MaxSummaryLength = 4_000;

    public long Id { get; private set; }

    /// <summary>#incident-YYYY-MM-DD-XXX; also the name of its channel.</summary>
    public required string Name { get; init; }

    public required string Title { get; set; }

    public string? Summary { get; set; }

    public required string Platform { get; init; }

    public required string Severity { get; set; }

    public required int SeverityRank { get; set; }

    public required IncidentPhase Phase { get; set; }

    /// <summary>Free or Professional or Enterprise, when a customer of that tier reported it.</summary>
    public string? ReporterTier { get; set; }

    /// <summary>Alerts of the same group join it while it is open.</summary>
    public string? GroupKey { get; init; }

    public required string OpenedBy { get; init; }

    public required long OpenedAtMs { get; init; }

    public required long StartedAtMs { get; set; }

    public required long DetectedAtMs { get; set; }

    public long? AcknowledgedAtMs { get; set; }

    public long? TriagedAtMs { get; set; }

    public long? MitigatedAtMs { get; set; }

    public long? ResolvedAtMs { get; set; }

    /// <summary>Who has it now; null when nobody has, or the acknowledgement expired.</summary>
    public string? AcknowledgedBy { get; set; }

    public string? AcknowledgedById { get; set; }

    public long? SupportAnsweredAtMs { get; set; }

    public string? PolicyId { get; set; }

    public string? LevelName { get; set; }

    public EscalationState Escalation { get; set; }

    public int EscalationLevel { get; set; } = -1;

    public int EscalationCycle { get; set; }

    public int EscalationRound { get; set; }

    public long? EscalationDueAtMs { get; set; }

    /// <summary>When a snooze ends; null unless snoozed.</summary>
    public long? SnoozedUntilMs { get; set; }

    /// <summary>The policy was chosen for this incident; else it follows from platform, service and severity.</summary>
    public bool PolicyIsChosen { get; set; }

    /// <summary>The last step of a person that can be taken back, as JSON of <see cref="UndoableStep"/>.</summary>
    public string? Undo { get; set; }

    /// <summary>When a level beyond the first was called.</summary>
    public long? EscalatedAtMs { get; set; }

    /// <summary>Nobody was found to page, or nobody of all who were paged took it: a banner says so on every screen.</summary>
    public bool Unanswered { get; set; }

    /// <summary>When those affected last got word.</summary>
    public long? CommunicatedAtMs { get; set; }

    /// <summary>Bits of the clocks whose miss was told, by <see cref="ClockKind"/>.</summary>
    public int ToldClocks { get; set; }

    /// <summary>Missed words to those affected so far.</summary>
    public int MissedUpdates { get; set; }

    public long? MergedIntoId { get; set; }

    /// <summary>Title on the status page; null: the title.</summary>
    public string? PublicTitle { get; set; }

    public PublicStatus? PublicStatus { get; set; }

    /// <summary>Grows with every change; taken first by every change, so that two never work on the same state.</summary>
    public int Version { get; set; }

    public List<IncidentTimerRow> Timers { get; } = [];

    public List<ClockPauseRow> Pauses { get; } = [];

    public List<IncidentServiceRow> Services { get; } = [];

    public List<IncidentRoleRow> Roles { get; } = [];

    public List<IncidentTaskRow> Tasks { get; } = [];

    public List<IncidentSloRow> Slos { get; } = [];

    public List<IncidentCustomerRow> Customers { get; } = [];

    public List<IncidentAlertRow> Alerts { get; } = [];

    public List<IncidentPathRow> Paths { get; } = [];

    public bool IsOpen => ResolvedAtMs is null;

    public IncidentMilestones Milestones => new()
    {
        StartedMs = StartedAtMs,
        DetectedMs = DetectedAtMs,
        AcknowledgedMs = AcknowledgedAtMs,
        MitigatedMs = MitigatedAtMs,
        ResolvedMs = ResolvedAtMs,
    };

    public EscalationRun Run
    {
        get => new(Escalation, EscalationLevel, EscalationCycle, EscalationRound, EscalationDueAtMs);
        set => (Escalation, EscalationLevel, EscalationCycle, EscalationRound, EscalationDueAtMs) = (value.State, value.Level, value.Cycle, value.Round, value.DueMs);
    }

    /// <summary>Sets, moves or stops a timer.</summary>
    public void SetTimer(IncidentTimer kind, long? dueMs)
    {
        var timer = Timers.Find(row => row.Kind == kind);
        if (timer is not null)
        {
            timer.DueAtMs = dueMs;
        }
        else if (dueMs is not null)
        {
            Timers.Add(new IncidentTimerRow { Kind = kind, DueAtMs = dueMs });
        }
    }
}

internal sealed class IncidentRowMapping : IEntityTypeConfiguration<IncidentRow>
{
    public void Configure(EntityTypeBuilder<IncidentRow> builder)
    {
        builder.ToTable("Incidents");
        builder.Property(row => row.Name).HasMaxLength(40);
        builder.Property(row => row.Title).HasMaxLength(IncidentRow.MaxTitleLength);
        builder.Property(row => row.Summary).HasMaxLength(IncidentRow.MaxSummaryLength);
        builder.Property(row => row.Platform).HasMaxLength(63);
        builder.Property(row => row.Severity).HasMaxLength(20);
        builder.Property(row => row.ReporterTier).HasMaxLength(40);
        builder.Property(row => row.GroupKey).HasMaxLength(400);
        builder.Property(row => row.OpenedBy).HasMaxLength(200);
        builder.Property(row => row.AcknowledgedBy).HasMaxLength(200);
        builder.Property(row => row.AcknowledgedById).HasMaxLength(63);
        builder.Property(row => row.PolicyId).HasMaxLength(100);
        builder.Property(row => row.LevelName).HasMaxLength(100);
        builder.Property(row => row.Undo).HasMaxLength(2_000);
        builder.Property(row => row.PublicTitle).HasMaxLength(IncidentRow.MaxTitleLength);
        builder.Ignore(row => row.Run);
        builder.Ignore(row => row.Milestones);
        builder.Ignore(row => row.IsOpen);
        builder.HasIndex(row => row.Name).IsUnique();
        builder.HasIndex(row => new { row.ResolvedAtMs, row.SeverityRank });
        builder.HasIndex(row => row.GroupKey);
        builder.HasIndex(row => row.DetectedAtMs);
        builder.HasMany(row => row.Timers).WithOne().HasForeignKey(timer => timer.IncidentId);
        builder.HasMany(row => row.Pauses).WithOne().HasForeignKey(pause => pause.IncidentId);
        builder.HasMany(row => row.Services).WithOne().HasForeignKey(service => service.IncidentId);
        builder.HasMany(row => row.Roles).WithOne().HasForeignKey(role => role.IncidentId);
        builder.HasMany(row => row.Tasks).WithOne().HasForeignKey(task => task.IncidentId);
        builder.HasMany(row => row.Slos).WithOne().HasForeignKey(slo => slo.IncidentId);
        builder.HasMany(row => row.Customers).WithOne().HasForeignKey(customer => customer.IncidentId);
        builder.HasMany(row => row.Alerts).WithOne().HasForeignKey(alert => alert.IncidentId);
        builder.HasMany(row => row.Paths).WithOne().HasForeignKey(path => path.IncidentId);
    }
}
