using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Incidents.Store;

/// <summary>One entry of a timeline. Entries are added, never changed.</summary>
internal sealed class TimelineRow : IBurstRow
{
    public const int MaxTextLength = 8_000;

    public long Id { get; private set; }

    public required long IncidentId { get; init; }

    public required TimelineKind Kind { get; init; }

    /// <summary>Markdown where <see cref="Kind"/> is a note or an update, else plain text.</summary>
    public required string Text { get; init; }

    /// <summary>Null: the product itself.</summary>
    public string? Actor { get; init; }

    public required long AtMs { get; init; }
}

/// <summary>Word to those affected, as it went out.</summary>
internal sealed class IncidentUpdateRow
{
    public const int MaxTextLength = 4_000;

    public long Id { get; private set; }

    public required long IncidentId { get; init; }

    public required string Text { get; init; }

    public required PublicStatus Status { get; init; }

    public required bool ToStatusPage { get; init; }

    public required bool ToCustomers { get; init; }

    public required string Author { get; init; }

    public required long AtMs { get; init; }
}

internal sealed class TimelineRowMapping : IEntityTypeConfiguration<TimelineRow>, IEntityTypeConfiguration<IncidentUpdateRow>
{
    public void Configure(EntityTypeBuilder<TimelineRow> builder)
    {
        builder.ToTable("IncidentTimeline");
        builder.Property(row => row.Text).HasMaxLength(TimelineRow.MaxTextLength);
        builder.Property(row => row.Actor).HasMaxLength(200);
        builder.HasIndex(row => new { row.IncidentId, row.AtMs });
        builder.HasIndex(row => row.AtMs);
    }

    public void Configure(EntityTypeBuilder<IncidentUpdateRow> builder)
    {
        builder.ToTable("IncidentUpdates");
        builder.Property(row => row.Text).HasMaxLength(IncidentUpdateRow.MaxTextLength);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.HasIndex(row => new { row.IncidentId, row.AtMs });
    }
}
