using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Telemetry;

/// <summary>One UTC day of one series, kept for years after its hours are gone.</summary>
internal sealed class DayRow
{
    public required int SeriesId { get; init; }

    /// <summary>Unix days.</summary>
    public required int Day { get; init; }

    public required long Good { get; set; }

    public required long Total { get; set; }

    /// <summary>Minutes that had data, 0 to 1440.</summary>
    public required int SeenMinutes { get; set; }
}

internal sealed class DayRowMapping : IEntityTypeConfiguration<DayRow>
{
    public void Configure(EntityTypeBuilder<DayRow> builder)
    {
        builder.ToTable("Days");
        builder.HasKey(row => new { row.SeriesId, row.Day });
    }
}
