using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Platform.Store;

/// <summary>A single value the instance remembers about itself.</summary>
internal sealed class SettingRow
{
    public required string Name { get; init; }

    public required string Value { get; set; }
}

internal sealed class SettingRowMapping : IEntityTypeConfiguration<SettingRow>
{
    public void Configure(EntityTypeBuilder<SettingRow> builder)
    {
        builder.ToTable("Settings");
        builder.HasKey(row => row.Name);
        builder.Property(row => row.Name).HasMaxLength(80);
    }
}
