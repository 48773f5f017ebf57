using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Slos.Store;

/// <summary>Planned maintenance of a platform or one of its services.</summary>
internal sealed class MaintenanceRow
{
    public int Id { get; private set; }

    public required string Platform { get; init; }

    /// <summary>Null: the whole platform.</summary>
    public string? Service { get; init; }

    public required long StartMs { get; init; }

    /// <summary>Comes closer when the work is done early; what lies behind never moves.</summary>
    public required long EndMs { get; set; }

    /// <summary>When customers were told; decides the notice rule.</summary>
    public required long AnnouncedAtMs { get; init; }

    public required string Reason { get; init; }

    public required string Author { get; init; }

    /// <summary>The series that wrote it ahead; null: planned once.</summary>
    public int? SeriesId { get; init; }

    /// <summary>Since when the work is done and its effect is watched; null: not said.</summary>
    public long? VerifyingSinceMs { get; set; }
}

internal sealed class MaintenanceRowMapping : IEntityTypeConfiguration<MaintenanceRow>
{
    public void Configure(EntityTypeBuilder<MaintenanceRow> builder)
    {
        builder.ToTable("MaintenanceWindows");
        builder.Property(row => row.Platform).HasMaxLength(63);
        builder.Property(row => row.Service).HasMaxLength(63);
        builder.Property(row => row.Reason).HasMaxLength(500);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.HasIndex(row => new { row.Platform, row.StartMs });
        builder.HasOne<MaintenanceSeriesRow>().WithMany().HasForeignKey(row => row.SeriesId);
    }
}
