using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Application.StatusPages.Store;

/// <summary>A part of the platform as the public knows it.</summary>
internal sealed class ComponentRow
{
    public int Id { get; private set; }

    /// <summary>Twelve letters and digits: the id in the public API, feeds and badges.</summary>
    public required string PublicId { get; init; }

    public required string Platform { get; init; }

    /// <summary>Path platform/service whose incidents and maintenance it shows; null: by hand only.</summary>
    public string? Service { get; set; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    /// <summary>Heading it stands under; null: the platform's.</summary>
    public string? GroupName { get; set; }

    public required int Position { get; set; }

    /// <summary>Whether the public sees it.</summary>
    public required bool Shown { get; set; }

    /// <summary>Objective whose months are its uptime; null: the service's own uptime objective, if there is one.</summary>
    public string? UptimeSlo { get; set; }

    /// <summary>Days before have no history.</summary>
    public required long SinceMs { get; set; }

    /// <summary>The state last told on the live bus; what is shown is derived anew.</summary>
    public ComponentState TellsState { get; set; }

    public required long UpdatedAtMs { get; set; }
}

/// <summary>A state a person set, over [From, To). Ended, never removed.</summary>
internal sealed class ComponentOverrideRow
{
    public int Id { get; private set; }

    public required int ComponentId { get; init; }

    public required ComponentState State { get; init; }

    public required string Reason { get; init; }

    public required string Author { get; init; }

    public required long FromMs { get; init; }

    /// <summary>Null: until it is taken back.</summary>
    public long? ToMs { get; set; }
}

/// <summary>One day of a component, UTC.</summary>
internal sealed class ComponentDayRow
{
    public required int ComponentId { get; init; }

    /// <summary>Days since 0001-01-01.</summary>
    public required int DayNumber { get; init; }

    public required ComponentState Worst { get; set; }

    public required int MaintenanceSeconds { get; set; }

    public required int DegradedSeconds { get; set; }

    public required int PartialSeconds { get; set; }

    public required int MajorSeconds { get; set; }
}

internal sealed class ComponentMapping :
    IEntityTypeConfiguration<ComponentRow>,
    IEntityTypeConfiguration<ComponentOverrideRow>,
    IEntityTypeConfiguration<ComponentDayRow>
{
    public void Configure(EntityTypeBuilder<ComponentRow> builder)
    {
        builder.ToTable("StatusComponents");
        builder.Property(row => row.PublicId).HasMaxLength(12);
        builder.Property(row => row.Platform).HasMaxLength(63);
        builder.Property(row => row.Service).HasMaxLength(200);
        builder.Property(row => row.Name).HasMaxLength(120);
        builder.Property(row => row.Description).HasMaxLength(500);
        builder.Property(row => row.GroupName).HasMaxLength(120);
        builder.Property(row => row.UptimeSlo).HasMaxLength(250);
        builder.HasIndex(row => row.PublicId).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ComponentOverrideRow> builder)
    {
        builder.ToTable("StatusOverrides");
        builder.Property(row => row.Reason).HasMaxLength(500);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.HasIndex(row => row.ComponentId);
        builder.HasOne<ComponentRow>().WithMany().HasForeignKey(row => row.ComponentId);
    }

    public void Configure(EntityTypeBuilder<ComponentDayRow> builder)
    {
        builder.ToTable("StatusDays");
        builder.HasKey(row => new { row.ComponentId, row.DayNumber });
        builder.HasOne<ComponentRow>().WithMany().HasForeignKey(row => row.ComponentId);
    }
}
