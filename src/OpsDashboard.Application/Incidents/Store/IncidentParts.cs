using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Incidents.Store;

/// <summary>Numbers the incidents of a day.</summary>
internal sealed class IncidentDayRow
{
    /// <summary>UTC day as yyyymmdd.</summary>
    public required int Day { get; init; }

    public required int Last { get; set; }
}

/// <summary>What an incident's clocks and escalation wait for.</summary>
internal enum IncidentTimer
{
    Escalation,
    AcknowledgementExpiry,
    Respond,
    SupportRespond,
    Triage,
    Escalate,
    UpdateReminder,
    Communicate,
    Resolve,
    PostMortem,
    Snooze,
    Impact,
}

/// <summary>One instant at which something is to happen; the index by due time is what the timer worker reads.</summary>
internal sealed class IncidentTimerRow : IBurstRow
{
    public long IncidentId { get; private set; }

    public required IncidentTimer Kind { get; init; }

    /// <summary>Null: it stands still.</summary>
    public required long? DueAtMs { get; set; }
}

internal sealed class ClockPauseRow
{
    public long Id { get; private set; }

    public long IncidentId { get; private set; }

    public required long FromMs { get; init; }

    public long? UntilMs { get; set; }

    public required string Reason { get; init; }

    public required string Author { get; init; }
}

internal sealed class IncidentServiceRow
{
    public long IncidentId { get; private set; }

    /// <summary>platform/service, or the platform alone.</summary>
    public required string Path { get; init; }

    public required ServiceImpact Impact { get; set; }
}

internal sealed class IncidentRoleRow
{
    public long IncidentId { get; private set; }

    public required IncidentRole Role { get; init; }

    public string? PersonId { get; set; }

    public required string Person { get; set; }
}

internal sealed class IncidentTaskRow
{
    public const int MaxTextLength = 500;

    public long Id { get; private set; }

    public long IncidentId { get; private set; }

    public required string Text { get; init; }

    public string? Assignee { get; set; }

    public required long CreatedAtMs { get; init; }

    public long? DoneAtMs { get; set; }
}

internal sealed class IncidentSloRow
{
    public long IncidentId { get; private set; }

    /// <summary>platform/service/slo.</summary>
    public required string Slo { get; init; }
}

internal sealed class IncidentCustomerRow
{
    public long IncidentId { get; private set; }

    public required string Customer { get; init; }

    public string? Tier { get; set; }
}

/// <summary>A path of the contract that was called beside the escalation, once an incident.</summary>
internal sealed class IncidentPathRow
{
    public required long IncidentId { get; init; }

    public required string PolicyId { get; init; }

    /// <summary>As it was called then.</summary>
    public required string Name { get; init; }

    public required long CalledAtMs { get; init; }

    /// <summary>Null: the product, by a rule.</summary>
    public string? CalledBy { get; init; }
}

/// <summary>An alert that belongs to the incident.</summary>
internal sealed class IncidentAlertRow : IBurstRow
{
    public long IncidentId { get; private set; }

    public required long AlertId { get; init; }

    public required string Title { get; set; }

    public required long AttachedAtMs { get; init; }

    public long? ClearedAtMs { get; set; }
}

internal sealed class IncidentPartsMapping :
    IEntityTypeConfiguration<IncidentDayRow>,
    IEntityTypeConfiguration<IncidentTimerRow>,
    IEntityTypeConfiguration<ClockPauseRow>,
    IEntityTypeConfiguration<IncidentServiceRow>,
    IEntityTypeConfiguration<IncidentRoleRow>,
    IEntityTypeConfiguration<IncidentTaskRow>,
    IEntityTypeConfiguration<IncidentSloRow>,
    IEntityTypeConfiguration<IncidentCustomerRow>,
    IEntityTypeConfiguration<IncidentPathRow>,
    IEntityTypeConfiguration<IncidentAlertRow>
{
    public void Configure(EntityTypeBuilder<IncidentDayRow> builder)
    {
        builder.ToTable("IncidentDays");
        builder.HasKey(row => row.Day);
        builder.Property(row => row.Day).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<IncidentTimerRow> builder)
    {
        builder.ToTable("IncidentTimers");
        builder.HasKey(row => new { row.IncidentId, row.Kind });
        builder.HasIndex(row => row.DueAtMs);
    }

    public void Configure(EntityTypeBuilder<ClockPauseRow> builder)
    {
        builder.ToTable("IncidentPauses");
        builder.Property(row => row.Reason).HasMaxLength(500);
        builder.Property(row => row.Author).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<IncidentServiceRow> builder)
    {
        builder.ToTable("IncidentServices");
        builder.HasKey(row => new { row.IncidentId, row.Path });
        builder.Property(row => row.Path).HasMaxLength(130);
        builder.HasIndex(row => row.Path);
    }

    public void Configure(EntityTypeBuilder<IncidentRoleRow> builder)
    {
        builder.ToTable("IncidentRoles");
        builder.HasKey(row => new { row.IncidentId, row.Role });
        builder.Property(row => row.PersonId).HasMaxLength(63);
        builder.Property(row => row.Person).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<IncidentTaskRow> builder)
    {
        builder.ToTable("IncidentTasks");
        builder.Property(row => row.Text).HasMaxLength(IncidentTaskRow.MaxTextLength);
        builder.Property(row => row.Assignee).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<IncidentSloRow> builder)
    {
        builder.ToTable("IncidentSlos");
        builder.HasKey(row => new { row.IncidentId, row.Slo });
        builder.Property(row => row.Slo).HasMaxLength(250);
        builder.HasIndex(row => row.Slo);
    }

    public void Configure(EntityTypeBuilder<IncidentCustomerRow> builder)
    {
        builder.ToTable("IncidentCustomers");
        builder.HasKey(row => new { row.IncidentId, row.Customer });
        builder.Property(row => row.Customer).HasMaxLength(200);
        builder.Property(row => row.Tier).HasMaxLength(40);
    }

    public void Configure(EntityTypeBuilder<IncidentPathRow> builder)
    {
        builder.ToTable("IncidentPaths");
        builder.HasKey(row => new { row.IncidentId, row.PolicyId });
        builder.Property(row => row.PolicyId).HasMaxLength(100);
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.Property(row => row.CalledBy).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<IncidentAlertRow> builder)
    {
        builder.ToTable("IncidentAlerts");
        builder.HasKey(row => new { row.IncidentId, row.AlertId });
        builder.Property(row => row.Title).HasMaxLength(IncidentRow.MaxTitleLength);
        builder.HasIndex(row => row.AlertId);
    }
}
