using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Live;

/// <summary>
/// One row of the change feed, written in the transaction of the change it tells of.
/// </summary>
internal sealed class ChangeRow
{
    public long Sequence { get; private set; }

    /// <summary>What kind of change; topics that start with <c>$</c> are for workers and never leave the process.</summary>
    public required string Topic { get; init; }

    public required byte[] Detail { get; init; }

    public required long AtMs { get; init; }
}

internal sealed class ChangeRowMapping : IEntityTypeConfiguration<ChangeRow>
{
    public void Configure(EntityTypeBuilder<ChangeRow> builder)
    {
        builder.ToTable("ChangeFeed");
        builder.HasKey(row => row.Sequence);
        builder.Property(row => row.Sequence).ValueGeneratedOnAdd();
        builder.Property(row => row.Topic).HasMaxLength(40);
        builder.HasIndex(row => row.AtMs);
    }
}
