using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Telemetry.Probes;

/// <summary>A probe and its newest result.</summary>
internal sealed class ProbeRow
{
    public int Id { get; private set; }

    /// <summary>platform/service/probe.</summary>
    public required string Path { get; init; }

    /// <summary>The <see cref="ProbeDefinition"/> as JSON.</summary>
    public required string Definition { get; set; }

    /// <summary>Series of up and down.</summary>
    public required int AvailabilitySeriesId { get; init; }

    /// <summary>Series of latencies, or of days left.</summary>
    public required int MeasureSeriesId { get; init; }

    public long? LastAtMs { get; set; }

    public ProbeVerdict? LastVerdict { get; set; }

    public decimal? LastMilliseconds { get; set; }

    public decimal? LastDaysLeft { get; set; }

    public string? LastDetail { get; set; }

    public ProbeDefinition ReadDefinition() => JsonSerializer.Deserialize<ProbeDefinition>(Definition, StoreJson.Options)!;
}

internal sealed class ProbeRowMapping : IEntityTypeConfiguration<ProbeRow>
{
    public const int MaxDetailLength = 300;

    public void Configure(EntityTypeBuilder<ProbeRow> builder)
    {
        builder.ToTable("Probes");
        builder.Property(row => row.Path).HasMaxLength(250);
        builder.Property(row => row.LastDetail).HasMaxLength(MaxDetailLength);
        builder.HasIndex(row => row.Path).IsUnique();
    }
}
