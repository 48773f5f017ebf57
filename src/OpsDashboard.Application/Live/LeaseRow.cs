using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Live;

/// <summary>Who may do a job of which there is one among all processes.</summary>
internal sealed class LeaseRow
{
    public required string Name { get; init; }

    /// <summary>Host, process id and start of the holder; empty when it was given back.</summary>
    public required string Holder { get; set; }

    /// <summary>Grows with every new holder. A write that carries an old one is refused.</summary>
    public required long Token { get; set; }

    /// <summary>Grows with every renewal. Others take the lease when it stands still: no two clocks are ever compared.</summary>
    public required long Beat { get; set; }
}

internal sealed class LeaseRowMapping : IEntityTypeConfiguration<LeaseRow>
{
    public void Configure(EntityTypeBuilder<LeaseRow> builder)
    {
        builder.ToTable("Leases");
        builder.HasKey(row => row.Name);
        builder.Property(row => row.Name).HasMaxLength(60);
        builder.Property(row => row.Holder).HasMaxLength(200);
    }
}
