using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.PostMortems;

/// <summary>What was learnt from one incident.</summary>
internal sealed class PostMortemRow
{
    public const int MaxTextLength = 60_000;

    public long Id { get; private set; }

    public required long IncidentId { get; init; }

    public required PostMortemState State { get; set; }

    /// <summary>Markdown.</summary>
    public required string Text { get; set; }

    public required string OpenedBy { get; init; }

    public required long OpenedAtMs { get; init; }

    public required long DueAtMs { get; init; }

    public long? PublishedAtMs { get; set; }

    public required string UpdatedBy { get; set; }

    public required long UpdatedAtMs { get; set; }

    /// <summary>When it was said to be overdue.</summary>
    public long? ToldOverdueAtMs { get; set; }

    /// <summary>Grows with every edit; two editors at once are told apart by it.</summary>
    public required int Version { get; set; }

    public List<ActionItemRow> Items { get; } = [];
}

/// <summary>Something to be done so that it does not happen again.</summary>
internal sealed class ActionItemRow
{
    public long Id { get; private set; }

    public long PostMortemId { get; private set; }

    public required string Title { get; init; }

    public required string Owner { get; init; }

    /// <summary>Of the roster; null: a name alone.</summary>
    public string? OwnerId { get; init; }

    /// <summary>End of the day it is due, UTC.</summary>
    public required long DueAtMs { get; init; }

    public required long CreatedAtMs { get; init; }

    public long? DoneAtMs { get; set; }

    public string? DoneBy { get; set; }

    public long? ChasedAtMs { get; set; }

    public int Chased { get; set; }
}

internal sealed class PostMortemMapping : IEntityTypeConfiguration<PostMortemRow>, IEntityTypeConfiguration<ActionItemRow>
{
    public void Configure(EntityTypeBuilder<PostMortemRow> builder)
    {
        builder.ToTable("PostMortems");
        builder.Property(row => row.OpenedBy).HasMaxLength(200);
        builder.Property(row => row.UpdatedBy).HasMaxLength(200);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => row.IncidentId).IsUnique();
        builder.HasOne<IncidentRow>().WithMany().HasForeignKey(row => row.IncidentId);
        builder.HasMany(row => row.Items).WithOne().HasForeignKey(item => item.PostMortemId);
    }

    public void Configure(EntityTypeBuilder<ActionItemRow> builder)
    {
        builder.ToTable("ActionItems");
        builder.Property(row => row.Title).HasMaxLength(300);
        builder.Property(row => row.Owner).HasMaxLength(200);
        builder.Property(row => row.OwnerId).HasMaxLength(100);
        builder.Property(row => row.DoneBy).HasMaxLength(200);
        builder.HasIndex(row => new { row.DoneAtMs, row.DueAtMs });
    }
}
