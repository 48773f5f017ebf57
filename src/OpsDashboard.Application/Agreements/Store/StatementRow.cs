using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Agreements.Store;

/// <summary>What a closed month came to for one agreement. Written once, never changed: what came to light later is a row of its own.</summary>
internal sealed class StatementRow
{
    public required string AgreementId { get; init; }

    /// <summary>Year × 100 + month, as 202611.</summary>
    public required int Month { get; init; }

    /// <summary>1: the statement; from 2 on its corrections.</summary>
    public required int Number { get; init; }

    public required long DrawnUpAtMs { get; init; }

    public required decimal? Uptime { get; init; }

    public required long DownSeconds { get; init; }

    public required decimal CreditPercent { get; init; }

    public required decimal CreditAmount { get; init; }

    public required string Currency { get; init; }

    /// <summary>The <see cref="Statements.Statement"/> as JSON.</summary>
    public required string Body { get; init; }
}

internal sealed class StatementRowMapping : IEntityTypeConfiguration<StatementRow>
{
    public void Configure(EntityTypeBuilder<StatementRow> builder)
    {
        builder.ToTable("Statements");
        builder.HasKey(row => new { row.AgreementId, row.Month, row.Number });
        builder.Property(row => row.AgreementId).HasMaxLength(63);
        builder.Property(row => row.Currency).HasMaxLength(3);
        builder.HasIndex(row => row.Month);
        builder.HasOne<AgreementRow>().WithMany().HasForeignKey(row => row.AgreementId);
    }
}
