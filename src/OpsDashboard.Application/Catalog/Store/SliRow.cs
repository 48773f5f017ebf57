using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Catalog.Store;

/// <summary>An indicator; its number is the series the telemetry is stored under.</summary>
internal sealed class SliRow
{
    public int Id { get; private set; }

    /// <summary>platform/service/sli.</summary>
    public required string Path { get; init; }

    public required string Platform { get; init; }

    public required string Service { get; init; }

    public required string Name { get; init; }

    public required SliKind Kind { get; set; }

    /// <summary>The whole definition as JSON, with its source of data.</summary>
    public required string Definition { get; set; }

    /// <summary>A person gave it what it says: a newer shipped catalog must not overwrite it.</summary>
    public bool EditedByUser { get; set; }
}

internal sealed class SliRowMapping : IEntityTypeConfiguration<SliRow>
{
    public void Configure(EntityTypeBuilder<SliRow> builder)
    {
        builder.ToTable("Slis");
        builder.Property(row => row.Path).HasMaxLength(250);
        builder.Property(row => row.Platform).HasMaxLength(63);
        builder.Property(row => row.Service).HasMaxLength(63);
        builder.Property(row => row.Name).HasMaxLength(120);
        builder.HasIndex(row => row.Path).IsUnique();
    }
}
