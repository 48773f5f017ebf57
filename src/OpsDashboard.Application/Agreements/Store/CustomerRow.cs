using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Agreements.Store;

/// <summary>Whom something is promised. Never deleted: statements name it.</summary>
internal sealed class CustomerRow
{
    /// <summary>A slug.</summary>
    public required string Id { get; init; }

    public required string Name { get; set; }

    public string? Tier { get; set; }

    public required string Author { get; init; }

    public required long CreatedAtMs { get; init; }
}

internal sealed class CustomerRowMapping : IEntityTypeConfiguration<CustomerRow>
{
    public void Configure(EntityTypeBuilder<CustomerRow> builder)
    {
        builder.ToTable("Customers");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(63);
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.Property(row => row.Tier).HasMaxLength(40);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.HasIndex(row => row.Name).IsUnique();
    }
}
