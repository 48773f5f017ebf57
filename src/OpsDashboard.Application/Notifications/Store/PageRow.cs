using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Notifications.Store;

/// <summary>The intent to page one person by one of their contact methods, written once in the transaction of its cause.</summary>
internal sealed class PageRow : IBurstRow
{
    /// <summary>Stands for a contact method where a person has none that could be paged.</summary>
    public const int NoContact = 0;

    public long Id { get; private set; }

    public required long IncidentId { get; init; }

    public required int Level { get; init; }

    public required int Cycle { get; init; }

    public required string PersonId { get; init; }

    public required string PersonName { get; init; }

    public required int ContactId { get; init; }

    public required string LevelName { get; init; }

    public required string Title { get; init; }

    public required string Platform { get; init; }

    public required string Severity { get; init; }

    public required bool CatchAll { get; init; }

    /// <summary>The message's dedupe key; null where the person cannot be reached.</summary>
    public string? MessageKey { get; init; }

    /// <summary>SHA-256 of the token in its link, in hex.</summary>
    public string? TokenHash { get; init; }

    public required long OwedAtMs { get; init; }

    public required long DueMs { get; init; }

    /// <summary>The link was used to acknowledge.</summary>
    public long? UsedAtMs { get; set; }

    public long? WithdrawnAtMs { get; set; }

    /// <summary>Who has it, or that it is over.</summary>
    public string? WithdrawnReason { get; set; }
}

internal sealed class PageRowMapping : IEntityTypeConfiguration<PageRow>
{
    public void Configure(EntityTypeBuilder<PageRow> builder)
    {
        builder.ToTable("Pages");
        builder.Property(row => row.PersonId).HasMaxLength(100);
        builder.Property(row => row.PersonName).HasMaxLength(200);
        builder.Property(row => row.LevelName).HasMaxLength(200);
        builder.Property(row => row.Title).HasMaxLength(500);
        builder.Property(row => row.Platform).HasMaxLength(63);
        builder.Property(row => row.Severity).HasMaxLength(63);
        builder.Property(row => row.MessageKey).HasMaxLength(OutgoingMessage.MaxDedupeKeyLength);
        builder.Property(row => row.WithdrawnReason).HasMaxLength(OutboxRowMapping.MaxNoteLength);
        builder.Property(row => row.TokenHash).HasMaxLength(64);
        builder.HasIndex(row => new { row.IncidentId, row.Level, row.Cycle, row.PersonId, row.ContactId }).IsUnique();
        builder.HasIndex(row => row.TokenHash).IsUnique();
        builder.HasIndex(row => row.MessageKey).IsUnique();
        builder.HasIndex(row => row.OwedAtMs);
    }
}
