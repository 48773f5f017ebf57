using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Domain.Audit;

namespace OpsDashboard.Application.Audit.Store;

/// <summary>One entry of the chain. The columns beside body and hash repeat the body for searching and prove nothing.</summary>
internal sealed class AuditEntryRow
{
    public required long Sequence { get; init; }

    public required long AtMs { get; init; }

    public required string Actor { get; init; }

    public required string Action { get; init; }

    public string? Object { get; init; }

    public required AuditOutcome Outcome { get; init; }

    public required string Body { get; init; }

    public required string Hash { get; init; }
}

/// <summary>The end of the chain; the row whose lock puts writers in line.</summary>
internal sealed class AuditHeadRow
{
    public const int Only = 1;

    public required int Id { get; init; }

    public required long Sequence { get; set; }

    public required string Hash { get; set; }

    /// <summary>Public key the chain began with, base64.</summary>
    public required string FirstKey { get; init; }
}

internal sealed class AuditSealRow
{
    public int Id { get; private set; }

    public required AuditSealKind Kind { get; init; }

    public required long Sequence { get; init; }

    public required string Hash { get; init; }

    public required long AtMs { get; init; }

    public required string KeyId { get; init; }

    public string? NextKey { get; init; }

    public required string Signature { get; init; }

    public static AuditSealRow Of(AuditSeal seal) => new()
    {
        Kind = seal.Kind,
        Sequence = seal.Sequence,
        Hash = seal.Hash,
        AtMs = seal.AtMs,
        KeyId = seal.KeyId,
        NextKey = seal.NextKey,
        Signature = seal.Signature,
    };

    public AuditSeal Read() => new(Kind, Sequence, Hash, AtMs, KeyId, NextKey, Signature);
}

internal sealed class AuditEntryRowMapping : IEntityTypeConfiguration<AuditEntryRow>
{
    public const int MaxActorLength = 200;
    public const int MaxActionLength = 100;
    public const int MaxObjectLength = 300;

    public void Configure(EntityTypeBuilder<AuditEntryRow> builder)
    {
        // Triggers refuse every change: the providers create them, and SQL Server must be told for the way EF writes.
        builder.ToTable("AuditEntries", table => table.HasTrigger("AuditEntries_AppendOnly"));
        builder.HasKey(row => row.Sequence);
        builder.Property(row => row.Sequence).ValueGeneratedNever();
        builder.Property(row => row.Actor).HasMaxLength(MaxActorLength);
        builder.Property(row => row.Action).HasMaxLength(MaxActionLength);
        builder.Property(row => row.Object).HasMaxLength(MaxObjectLength);
        builder.Property(row => row.Hash).HasMaxLength(64);
        builder.HasIndex(row => row.Object);
        builder.HasIndex(row => row.Actor);
        builder.HasIndex(row => row.AtMs);
    }
}

internal sealed class AuditHeadRowMapping : IEntityTypeConfiguration<AuditHeadRow>
{
    public void Configure(EntityTypeBuilder<AuditHeadRow> builder)
    {
        builder.ToTable("AuditHead", table => table.HasTrigger("AuditHead_Forward"));
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Hash).HasMaxLength(64);
        builder.Property(row => row.FirstKey).HasMaxLength(60);
    }
}

internal sealed class AuditSealRowMapping : IEntityTypeConfiguration<AuditSealRow>
{
    public void Configure(EntityTypeBuilder<AuditSealRow> builder)
    {
        builder.ToTable("AuditSeals", table => table.HasTrigger("AuditSeals_AppendOnly"));
        builder.Property(row => row.Hash).HasMaxLength(64);
        builder.Property(row => row.KeyId).HasMaxLength(16);
        builder.Property(row => row.NextKey).HasMaxLength(60);
        builder.Property(row => row.Signature).HasMaxLength(100);
        builder.HasIndex(row => new { row.Kind, row.Sequence }).IsUnique();
    }
}
