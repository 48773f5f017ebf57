using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>How far one SLI has been read from its data source.</summary>
internal sealed class PrometheusPollRow
{
    public required int SeriesId { get; init; }

    /// <summary>The source the planned span was, or will be, read from.</summary>
    public required int SourceId { get; set; }

    /// <summary>First minute not yet taken.</summary>
    public required int NextMinute { get; set; }

    /// <summary>
    /// End of the span that is being taken. Written before the span is handed to the intake, and kept until it is known to be
    /// committed: after a crash the same span goes in again under the same batch id, and counts once.
    /// </summary>
    public int? PlannedTo { get; set; }

    public long? LastSuccessMs { get; set; }

    /// <summary>Why the last try failed, or what of it was left out; null when all is well.</summary>
    public string? Fault { get; set; }

    public long? FaultAtMs { get; set; }

    /// <summary>Tries that gave nothing since the last success.</summary>
    public int Failures { get; set; }
}

internal sealed class PrometheusPollRowMapping : IEntityTypeConfiguration<PrometheusPollRow>
{
    public const int MaxFaultLength = 500;

    public void Configure(EntityTypeBuilder<PrometheusPollRow> builder)
    {
        builder.ToTable("PrometheusPolls");
        builder.HasKey(row => row.SeriesId);
        builder.Property(row => row.SeriesId).ValueGeneratedNever();
        builder.Property(row => row.Fault).HasMaxLength(MaxFaultLength);
        builder.HasIndex(row => row.SourceId);
    }
}
