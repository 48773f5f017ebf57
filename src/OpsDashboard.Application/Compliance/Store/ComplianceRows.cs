using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Compliance.Store;

/// <summary>One check of all controls, kept as it was found.</summary>
internal sealed class ComplianceCheckRow
{
    public int Id { get; private set; }

    public required long AtMs { get; init; }

    /// <summary>Day since 1970, UTC, of the daily check; null: asked for by a person.</summary>
    public int? Day { get; init; }

    public required int Met { get; init; }

    public required int Minor { get; init; }

    public required int Major { get; init; }

    /// <summary>The findings as JSON.</summary>
    public required string Findings { get; init; }
}

/// <summary>A control that is broken, from the first check that found it to the first that did not.</summary>
internal sealed class ViolationRow
{
    public int Id { get; private set; }

    public required string ControlId { get; init; }

    public required ControlState State { get; set; }

    public required long SinceMs { get; init; }

    /// <summary>When the escalation path was called; null: not yet.</summary>
    public long? EscalatedAtMs { get; set; }

    public long? EndedAtMs { get; set; }
}

/// <summary>A certification or commitment, with where it stands.</summary>
internal sealed class CertificationRow
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    public required CertificationState State { get; set; }

    /// <summary>As a person says it: Q1 2026, 2026-03-01.</summary>
    public required string When { get; set; }

    public required string Note { get; set; }

    public required long ChangedAtMs { get; set; }

    public required string Author { get; set; }
}

/// <summary>A copy of the store that somebody made.</summary>
internal sealed class BackupRow
{
    public int Id { get; private set; }

    public required long AtMs { get; init; }

    public required string Place { get; init; }

    public long? Bytes { get; init; }

    public required string Author { get; init; }
}

internal sealed class ComplianceMapping
    : IEntityTypeConfiguration<ComplianceCheckRow>,
        IEntityTypeConfiguration<ViolationRow>,
        IEntityTypeConfiguration<CertificationRow>,
        IEntityTypeConfiguration<BackupRow>
{
    public void Configure(EntityTypeBuilder<ComplianceCheckRow> builder)
    {
        builder.ToTable("ComplianceChecks");
        builder.HasIndex(row => row.AtMs);
        // Two nodes that come to the day at once: one of them checks.
        builder.HasIndex(row => row.Day).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ViolationRow> builder)
    {
        builder.ToTable("ComplianceViolations");
        builder.Property(row => row.ControlId).HasMaxLength(63);
        builder.HasIndex(row => new { row.ControlId, row.EndedAtMs });
    }

    public void Configure(EntityTypeBuilder<CertificationRow> builder)
    {
        builder.ToTable("Certifications");
        builder.Property(row => row.Id).HasMaxLength(63);
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.Property(row => row.When).HasMaxLength(40);
        builder.Property(row => row.Note).HasMaxLength(500);
        builder.Property(row => row.Author).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<BackupRow> builder)
    {
        builder.ToTable("Backups");
        builder.Property(row => row.Place).HasMaxLength(300);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.HasIndex(row => row.AtMs);
    }
}
