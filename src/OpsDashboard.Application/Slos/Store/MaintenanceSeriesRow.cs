using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Store;

/// <summary>
/// Work that recurs. Its windows are written ahead of time as ordinary windows, so that what was planned stays as it was whatever
/// becomes of the rule.
/// </summary>
internal sealed class MaintenanceSeriesRow
{
    public int Id { get; private set; }

    public required string Platform { get; init; }

    /// <summary>Null: the whole platform.</summary>
    public string? Service { get; init; }

    /// <summary>The <see cref="MaintenanceRecurrence"/> as JSON.</summary>
    public required string Rule { get; init; }

    public required string Reason { get; init; }

    public required string Author { get; init; }

    public required long CreatedAtMs { get; init; }

    /// <summary>Windows that start before are written; none is ever written again, so a cancelled one stays cancelled.</summary>
    public required long WrittenThroughMs { get; set; }

    /// <summary>Null: it goes on.</summary>
    public long? EndedAtMs { get; set; }

    public MaintenanceRecurrence ReadRule() => JsonSerializer.Deserialize<MaintenanceRecurrence>(Rule, StoreJson.Options)!;
}

internal sealed class MaintenanceSeriesRowMapping : IEntityTypeConfiguration<MaintenanceSeriesRow>
{
    public void Configure(EntityTypeBuilder<MaintenanceSeriesRow> builder)
    {
        builder.ToTable("MaintenanceSeries");
        builder.Property(row => row.Platform).HasMaxLength(63);
        builder.Property(row => row.Service).HasMaxLength(63);
        builder.Property(row => row.Rule).HasMaxLength(1000);
        builder.Property(row => row.Reason).HasMaxLength(500);
        builder.Property(row => row.Author).HasMaxLength(200);
        // Two nodes that write ahead at once: the second finds the mark moved and starts over.
        builder.Property(row => row.WrittenThroughMs).IsConcurrencyToken();
    }
}
