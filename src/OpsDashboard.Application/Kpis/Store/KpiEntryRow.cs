using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Kpis.Store;

/// <summary>
/// A value of a period as somebody told it. What it says is never changed: a correction is a further row, and only
/// <see cref="IsCurrent"/> moves on. The one exception is number 0, the running figure of a period that is still computed.
/// </summary>
internal sealed class KpiEntryRow : IBurstRow
{
    public required string KpiId { get; init; }

    /// <summary>First day of the period, year × 10,000 + month × 100 + day.</summary>
    public required int Start { get; init; }

    /// <summary>1: the first told; from 2 on its corrections; 0: running.</summary>
    public required int Number { get; init; }

    /// <summary>In the unit of what is measured; null: withdrawn.</summary>
    public required decimal? Value { get; set; }

    public required bool IsCurrent { get; set; }

    public required KpiSource Source { get; init; }

    public string? Note { get; init; }

    public required string Author { get; init; }

    public required long AtMs { get; set; }
}

internal sealed class KpiEntryRowMapping : IEntityTypeConfiguration<KpiEntryRow>
{
    public void Configure(EntityTypeBuilder<KpiEntryRow> builder)
    {
        builder.ToTable("KpiEntries");
        builder.HasKey(row => new { row.KpiId, row.Start, row.Number });
        builder.Property(row => row.KpiId).HasMaxLength(63);
        builder.Property(row => row.Note).HasMaxLength(500);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.HasIndex(row => new { row.IsCurrent, row.Start });
        builder.HasOne<KpiRow>().WithMany().HasForeignKey(row => row.KpiId);
    }
}
