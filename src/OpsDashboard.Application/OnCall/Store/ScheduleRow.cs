using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.OnCall.Store;

/// <summary>An on-call schedule; what it says stands in its versions.</summary>
internal sealed class ScheduleRow
{
    /// <summary>A slug.</summary>
    public required string Id { get; init; }

    public required string Name { get; set; }

    /// <summary>SHA-256 of the secret in the link of the calendar feed; null: there is no feed.</summary>
    public string? CalendarKeyHash { get; set; }

    public required string Author { get; init; }

    public required long UpdatedAtMs { get; set; }
}

/// <summary>What a schedule says from an instant on. One that took effect is never changed.</summary>
internal sealed class ScheduleVersionRow
{
    public int Id { get; private set; }

    public required string ScheduleId { get; init; }

    public required long EffectiveFromMs { get; init; }

    /// <summary>IANA id of the wall clock.</summary>
    public required string Zone { get; init; }

    /// <summary>A list of PositionTerms as JSON.</summary>
    public required string Positions { get; init; }

    public required string Reason { get; init; }

    public required string Author { get; init; }

    public required long CreatedAtMs { get; init; }
}

/// <summary>Someone holds a position for a while. Taking it back ends it; what has passed of it stays.</summary>
internal sealed class OverrideRow
{
    public int Id { get; private set; }

    public required string ScheduleId { get; init; }

    public required string Position { get; init; }

    public required long StartMs { get; init; }

    /// <summary>Exclusive; at the start when it was taken back before it began.</summary>
    public required long EndMs { get; set; }

    public required string PersonId { get; init; }

    public string? Reason { get; init; }

    /// <summary>The swap it comes from.</summary>
    public int? SwapId { get; init; }

    public required string Author { get; init; }

    public required long CreatedAtMs { get; init; }

    public required long UpdatedAtMs { get; set; }
}

internal enum SwapState
{
    Requested,
    Accepted,
    Declined,
    Withdrawn,
}

/// <summary>One person asks another to take over a time, in exchange for another time or for nothing.</summary>
internal sealed class SwapRow
{
    public int Id { get; private set; }

    public required string ScheduleId { get; init; }

    public required string Position { get; init; }

    public required string FromPersonId { get; init; }

    public required string ToPersonId { get; init; }

    public required long StartMs { get; init; }

    public required long EndMs { get; init; }

    public long? ReturnStartMs { get; init; }

    public long? ReturnEndMs { get; init; }

    public string? Reason { get; init; }

    public required SwapState State { get; set; }

    public required long CreatedAtMs { get; init; }

    public long? DecidedAtMs { get; set; }
}

internal sealed class ScheduleRowMapping
    : IEntityTypeConfiguration<ScheduleRow>, IEntityTypeConfiguration<ScheduleVersionRow>, IEntityTypeConfiguration<OverrideRow>, IEntityTypeConfiguration<SwapRow>
{
    public void Configure(EntityTypeBuilder<ScheduleRow> builder)
    {
        builder.ToTable("OnCallSchedules");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(63);
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.Property(row => row.CalendarKeyHash).HasMaxLength(64);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.HasIndex(row => row.CalendarKeyHash);
    }

    public void Configure(EntityTypeBuilder<ScheduleVersionRow> builder)
    {
        builder.ToTable("OnCallScheduleVersions");
        builder.Property(row => row.ScheduleId).HasMaxLength(63);
        builder.Property(row => row.Zone).HasMaxLength(60);
        builder.Property(row => row.Reason).HasMaxLength(500);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.HasIndex(row => new { row.ScheduleId, row.EffectiveFromMs }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<OverrideRow> builder)
    {
        builder.ToTable("OnCallOverrides");
        builder.Property(row => row.ScheduleId).HasMaxLength(63);
        builder.Property(row => row.Position).HasMaxLength(63);
        builder.Property(row => row.PersonId).HasMaxLength(63);
        builder.Property(row => row.Reason).HasMaxLength(500);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.HasIndex(row => new { row.ScheduleId, row.EndMs });
    }

    public void Configure(EntityTypeBuilder<SwapRow> builder)
    {
        builder.ToTable("OnCallSwaps");
        builder.Property(row => row.ScheduleId).HasMaxLength(63);
        builder.Property(row => row.Position).HasMaxLength(63);
        builder.Property(row => row.FromPersonId).HasMaxLength(63);
        builder.Property(row => row.ToPersonId).HasMaxLength(63);
        builder.Property(row => row.Reason).HasMaxLength(500);
        builder.HasIndex(row => new { row.State, row.EndMs });
    }
}
