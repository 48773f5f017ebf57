using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Catalog.Store;

/// <summary>
/// An OpenSLO document as it was last loaded, for a lossless export and for telling whether a newer catalog or a user changed it.
/// </summary>
internal sealed class CatalogDocumentRow
{
    public int Id { get; private set; }

    public required string Kind { get; init; }

    public required string Platform { get; init; }

    public required string Name { get; init; }

    public required string Yaml { get; set; }

    /// <summary>Name of the shipped catalog it came from, or "import".</summary>
    public required string Origin { get; set; }

    /// <summary>Hash of the text the catalog last brought; a newer catalog is recognised by another hash.</summary>
    public required string CatalogHash { get; set; }

    /// <summary>A user changed it since: a newer catalog must not overwrite it.</summary>
    public required bool EditedByUser { get; set; }
}

internal sealed class CatalogDocumentRowMapping : IEntityTypeConfiguration<CatalogDocumentRow>
{
    public void Configure(EntityTypeBuilder<CatalogDocumentRow> builder)
    {
        builder.ToTable("CatalogDocuments");
        builder.Property(row => row.Kind).HasMaxLength(40);
        builder.Property(row => row.Platform).HasMaxLength(63);
        builder.Property(row => row.Name).HasMaxLength(150);
        builder.Property(row => row.Origin).HasMaxLength(63);
        builder.Property(row => row.CatalogHash).HasMaxLength(64);
        builder.HasIndex(row => new { row.Kind, row.Platform, row.Name }).IsUnique();
    }
}
