using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Catalog.Store;

/// <summary>A system that telemetry is read from.</summary>
internal sealed class DataSourceRow
{
    public int Id { get; private set; }

    /// <summary>platform/name.</summary>
    public required string Path { get; init; }

    public required string Platform { get; init; }

    public required string Name { get; init; }

    /// <summary>The <see cref="DataSourceDefinition"/> as JSON.</summary>
    public required string Definition { get; set; }

    /// <summary>What the reader of this type needs beyond the definition, as JSON of the reader; null: its defaults.</summary>
    public string? Settings { get; set; }
}

internal sealed class DataSourceRowMapping : IEntityTypeConfiguration<DataSourceRow>
{
    public void Configure(EntityTypeBuilder<DataSourceRow> builder)
    {
        builder.ToTable("DataSources");
        builder.Property(row => row.Path).HasMaxLength(200);
        builder.Property(row => row.Platform).HasMaxLength(63);
        builder.Property(row => row.Name).HasMaxLength(63);
        builder.HasIndex(row => row.Path).IsUnique();
    }
}
