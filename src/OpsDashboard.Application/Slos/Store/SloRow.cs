using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Slos.Store;

/// <summary>An objective. What it demands stands in its revisions.</summary>
internal sealed class SloRow
{
    public int Id { get; private set; }

    /// <summary>platform/service/slo.</summary>
    public required string Path { get; init; }

    public required string Platform { get; init; }

    public required string Service { get; init; }

    /// <summary>Number of the newest revision; two editors at once are told apart by it.</summary>
    public required int Version { get; set; }

    /// <summary>Name of the shipped catalog it came from, or "import".</summary>
    public required string Origin { get; set; }

    /// <summary>Hash of the definition the origin last brought.</summary>
    public required string OriginHash { get; set; }

    /// <summary>Since when it is judged; burn alerts wait for a full long window from here.</summary>
    public required long CreatedAtMs { get; init; }

    public List<SloRevisionRow> Revisions { get; } = [];
}

/// <summary>One version of an objective. Revisions are added, never changed.</summary>
internal sealed class SloRevisionRow
{
    public int Id { get; private set; }

    public int SloId { get; private set; }

    public required int Version { get; init; }

    public required long EffectiveFromMs { get; init; }

    /// <summary>The <see cref="Domain.Slos.SloDefinition"/> as JSON.</summary>
    public required string Definition { get; init; }

    public required string Reason { get; init; }

    public required string Author { get; init; }

    /// <summary>Whether a person wrote it; such a revision outlives newer catalogs.</summary>
    public required bool ByUser { get; init; }

    public required long CreatedAtMs { get; init; }
}

internal sealed class SloRowMapping : IEntityTypeConfiguration<SloRow>, IEntityTypeConfiguration<SloRevisionRow>
{
    public void Configure(EntityTypeBuilder<SloRow> builder)
    {
        builder.ToTable("Slos");
        builder.Property(row => row.Path).HasMaxLength(250);
        builder.Property(row => row.Platform).HasMaxLength(63);
        builder.Property(row => row.Service).HasMaxLength(63);
        builder.Property(row => row.Origin).HasMaxLength(63);
        builder.Property(row => row.OriginHash).HasMaxLength(64);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => row.Path).IsUnique();
        builder.HasMany(row => row.Revisions).WithOne().HasForeignKey(revision => revision.SloId);
    }

    public void Configure(EntityTypeBuilder<SloRevisionRow> builder)
    {
        builder.ToTable("SloRevisions");
        builder.Property(row => row.Reason).HasMaxLength(500);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.HasIndex(row => new { row.SloId, row.Version }).IsUnique();
    }
}
