using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Notifications.Store;

/// <summary>One message to one address, from the transaction that wanted it to its end.</summary>
internal sealed class OutboxRow : IBurstRow
{
    public long Id { get; private set; }

    public required string DedupeKey { get; init; }

    /// <summary>The same at every try, and unlike any other instance's: how the receiver tells a repetition.</summary>
    public required string IdempotencyKey { get; init; }

    public required Channel Channel { get; init; }

    public required MessageKind Kind { get; init; }

    public required Sealed Address { get; init; }

    /// <summary>What is called for it: a host, or the name of the one service behind a channel. One that hangs holds up only its own.</summary>
    public required string Target { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public string? Html { get; init; }

    public Sealed? SigningSecret { get; init; }

    /// <summary>A JSON object of texts.</summary>
    public string? Headers { get; init; }

    public string? PersonId { get; init; }

    public int? ContactId { get; init; }

    /// <summary>Goes before everything that is not; every kind but notices.</summary>
    public required bool Urgent { get; init; }

    public required long CreatedAtMs { get; init; }

    /// <summary>When the first try was due; giving up is reckoned from here.</summary>
    public required long FirstDueMs { get; set; }

    public MessageState State { get; set; } = MessageState.Queued;

    /// <summary>When <see cref="DueMs"/> was reckoned; a clock that was set back shows in it.</summary>
    public required long QueuedAtMs { get; set; }

    public required long DueMs { get; set; }

    public int Attempts { get; set; }

    /// <summary>Names the claim that may settle the row; 0: none. Whoever lost it writes nothing.</summary>
    public long ClaimId { get; set; }

    /// <summary>The process that claimed it.</summary>
    public string? ClaimedBy { get; set; }

    /// <summary>Taken back while it was under way: not tried again.</summary>
    public bool StopRequested { get; set; }

    /// <summary>The last answer, or why it is held back.</summary>
    public string? Note { get; set; }

    public long? SettledAtMs { get; set; }
}

/// <summary>One try to hand a message to its channel. The row commits before the try begins.</summary>
internal sealed class DeliveryAttemptRow : IBurstRow
{
    public long Id { get; private set; }

    public required long MessageId { get; init; }

    public required int Number { get; init; }

    public required long StartedAtMs { get; init; }

    public long? EndedAtMs { get; set; }

    public required AttemptOutcome Outcome { get; set; }

    /// <summary>The provider's words, without address and secret.</summary>
    public string? Answer { get; set; }
}

internal sealed class OutboxRowMapping : IEntityTypeConfiguration<OutboxRow>, IEntityTypeConfiguration<DeliveryAttemptRow>
{
    public const int MaxNoteLength = 400;

    public void Configure(EntityTypeBuilder<OutboxRow> builder)
    {
        builder.ToTable("Outbox");
        builder.Property(row => row.DedupeKey).HasMaxLength(OutgoingMessage.MaxDedupeKeyLength);
        builder.Property(row => row.IdempotencyKey).HasMaxLength(32);
        builder.Property(row => row.Address).HasMaxLength(Sealed.MaxLength(OutgoingMessage.MaxAddressLength));
        builder.Property(row => row.Target).HasMaxLength(260);
        builder.Property(row => row.Subject).HasMaxLength(OutgoingMessage.MaxSubjectLength);
        builder.Property(row => row.SigningSecret).HasMaxLength(Sealed.MaxLength(200));
        builder.Property(row => row.Headers).HasMaxLength(4_000);
        builder.Property(row => row.PersonId).HasMaxLength(100);
        builder.Property(row => row.ClaimedBy).HasMaxLength(200);
        builder.Property(row => row.Note).HasMaxLength(MaxNoteLength);
        builder.HasIndex(row => row.DedupeKey).IsUnique();
        builder.HasIndex(row => new { row.State, row.Urgent, row.DueMs });
        builder.HasIndex(row => new { row.PersonId, row.CreatedAtMs });
        builder.HasIndex(row => new { row.ContactId, row.SettledAtMs });
        builder.HasIndex(row => row.CreatedAtMs);
    }

    public void Configure(EntityTypeBuilder<DeliveryAttemptRow> builder)
    {
        builder.ToTable("DeliveryAttempts");
        builder.Property(row => row.Answer).HasMaxLength(MaxNoteLength);
        builder.HasIndex(row => new { row.MessageId, row.Number });
        builder.HasOne<OutboxRow>().WithMany().HasForeignKey(row => row.MessageId);
    }
}
