using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Kpis.Store;

/// <summary>A KPI as it is defined now. What it was to come to, and came to, stands in rows of their own.</summary>
internal sealed class KpiRow
{
    public required string Id { get; init; }

    public required string Platform { get; init; }

    /// <summary>The <see cref="Domain.Kpis.KpiDefinition"/> as JSON.</summary>
    public required string Definition { get; set; }

    /// <summary>Grows with every edit and every new target; two editors at once are told apart by it.</summary>
    public required int Version { get; set; }

    /// <summary>Hash of the definition the shipped catalog last brought; null: a person defined it.</summary>
    public string? CatalogHash { get; set; }

    /// <summary>A person changed it since: a newer catalog must not overwrite it.</summary>
    public bool EditedByUser { get; set; }

    public required string Author { get; init; }

    public required long CreatedAtMs { get; init; }
}

/// <summary>A target from a day on. Added, never changed.</summary>
internal sealed class KpiAimRow
{
    public required string KpiId { get; init; }

    public required int Number { get; init; }

    /// <summary>First day it judges, year × 10,000 + month × 100 + day.</summary>
    public required int FromDay { get; init; }

    /// <summary>The <see cref="Domain.Kpis.KpiAim"/> as JSON.</summary>
    public required string Aim { get; init; }

    public required string Reason { get; init; }

    public required string Author { get; init; }

    public required long CreatedAtMs { get; init; }
}

internal sealed class KpiRowMapping : IEntityTypeConfiguration<KpiRow>, IEntityTypeConfiguration<KpiAimRow>
{
    public void Configure(EntityTypeBuilder<KpiRow> builder)
    {
        builder.ToTable("Kpis");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(63);
        builder.Property(row => row.Platform).HasMaxLength(63);
        builder.Property(row => row.CatalogHash).HasMaxLength(64);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.Property(row => row.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<KpiAimRow> builder)
    {
        builder.ToTable("KpiAims");
        builder.HasKey(row => new { row.KpiId, row.Number });
        builder.Property(row => row.KpiId).HasMaxLength(63);
        builder.Property(row => row.Reason).HasMaxLength(500);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.HasOne<KpiRow>().WithMany().HasForeignKey(row => row.KpiId);
    }
}
