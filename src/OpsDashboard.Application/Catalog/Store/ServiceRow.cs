using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Catalog.Store;

internal sealed class ServiceRow
{
    public int Id { get; private set; }

    /// <summary>platform/service.</summary>
    public required string Path { get; init; }

    public required string Platform { get; init; }

    public required string Name { get; init; }

    public required string DisplayName { get; set; }

    public string? Description { get; set; }
}

internal sealed class ServiceRowMapping : IEntityTypeConfiguration<ServiceRow>
{
    public void Configure(EntityTypeBuilder<ServiceRow> builder)
    {
        builder.ToTable("Services");
        builder.Property(row => row.Path).HasMaxLength(200);
        builder.Property(row => row.Platform).HasMaxLength(63);
        builder.Property(row => row.Name).HasMaxLength(63);
        builder.Property(row => row.DisplayName).HasMaxLength(200);
        builder.HasIndex(row => row.Path).IsUnique();
    }
}
