using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Platform.Protection;

/// <summary>A key of the instance, as XML; wrapped by a certificate where one is set.</summary>
internal sealed class DataKeyRow
{
    public int Id { get; private set; }

    public required string Name { get; init; }

    public required string Xml { get; set; }

    public required long CreatedAtMs { get; init; }
}

internal sealed class DataKeyRowMapping : IEntityTypeConfiguration<DataKeyRow>
{
    public void Configure(EntityTypeBuilder<DataKeyRow> builder)
    {
        builder.ToTable("DataKeys");
        builder.Property(row => row.Name).HasMaxLength(200);
        builder.HasIndex(row => row.Name).IsUnique();
    }
}
