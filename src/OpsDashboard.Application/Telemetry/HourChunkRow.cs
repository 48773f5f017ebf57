using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Telemetry;

/// <summary>
/// One hour of one series: its sums, and its minutes packed into a blob. The key is hour-major, so that the rows a busy minute
/// touches lie together on few pages; the index serves reads of one series over time.
/// </summary>
internal sealed class HourChunkRow
{
    /// <summary>See <see cref="Domain.Telemetry.ChunkKey"/>.</summary>
    public required long Id { get; init; }

    public required int SeriesId { get; init; }

    /// <summary>Unix hours.</summary>
    public required int Hour { get; init; }

    public required long Good { get; set; }

    public required long Total { get; set; }

    public required byte[] Data { get; set; }
}

internal sealed class HourChunkRowMapping : IEntityTypeConfiguration<HourChunkRow>
{
    public void Configure(EntityTypeBuilder<HourChunkRow> builder)
    {
        builder.ToTable("HourChunks");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.SeriesId, row.Hour }).IsUnique();
    }
}
