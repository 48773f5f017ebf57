using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.StatusPages.Store;

internal enum SubscriberKind
{
    Email,
    Webhook,
}

internal enum SubscriberState
{
    /// <summary>Asked for; nobody has shown yet that the address is theirs.</summary>
    Pending,
    Confirmed,

    /// <summary>Left, or never answered. The address is blanked.</summary>
    Gone,
}

/// <summary>Who is told of what a page says.</summary>
internal sealed class SubscriberRow
{
    public int Id { get; private set; }

    /// <summary>A platform, or <c>all</c>.</summary>
    public required string Page { get; init; }

    public required SubscriberKind Kind { get; init; }

    /// <summary>E-mail address or URL; empty once gone.</summary>
    public required string Address { get; set; }

    /// <summary>SHA-256 of page, kind and address in lower case; null once gone. One subscription each.</summary>
    public string? AddressHash { get; set; }

    public required SubscriberState State { get; set; }

    /// <summary>SHA-256 of the single-use token that confirms; null once used.</summary>
    public string? ConfirmHash { get; set; }

    public long ConfirmUntilMs { get; set; }

    /// <summary>SHA-256 of the token in every notice that lets its reader leave.</summary>
    public required string LeaveHash { get; init; }

    /// <summary>The same token, sealed with the keys of the data directory, since every notice must carry it.</summary>
    public required string LeaveSealed { get; init; }

    /// <summary>Webhooks: the key of the signature, sealed likewise.</summary>
    public string? SecretSealed { get; init; }

    /// <summary>Webhooks: how often the challenge was sent, and when next.</summary>
    public int Challenges { get; set; }

    public long NextChallengeMs { get; set; }

    public required long CreatedAtMs { get; set; }

    public long? ConfirmedAtMs { get; set; }

    /// <summary>When a confirmation was last mailed to the address; a form cannot be used to flood it.</summary>
    public long AskedAtMs { get; set; }
}

/// <summary>Something to tell the subscribers, written in the transaction of its cause.</summary>
internal sealed class StatusNoticeRow
{
    public long Id { get; private set; }

    /// <summary>Unique: what was told once is not told again.</summary>
    public required string Cause { get; init; }

    /// <summary>Platforms it concerns, separated by spaces; subscribers of <c>all</c> hear everything.</summary>
    public required string Platforms { get; init; }

    public required string Subject { get; init; }

    /// <summary>Plain text, without greeting and link.</summary>
    public required string Text { get; init; }

    /// <summary>Path on the status page.</summary>
    public required string Path { get; init; }

    /// <summary>What webhooks get, as JSON.</summary>
    public required string Payload { get; init; }

    public required long CreatedAtMs { get; init; }

    /// <summary>Subscribers up to this id were told.</summary>
    public int ToldThrough { get; set; }

    public bool Done { get; set; }
}

internal sealed class SubscriberMapping : IEntityTypeConfiguration<SubscriberRow>, IEntityTypeConfiguration<StatusNoticeRow>
{
    public void Configure(EntityTypeBuilder<SubscriberRow> builder)
    {
        builder.ToTable("StatusSubscribers");
        builder.Property(row => row.Page).HasMaxLength(63);
        builder.Property(row => row.Address).HasMaxLength(500);
        builder.Property(row => row.AddressHash).HasMaxLength(64);
        builder.Property(row => row.ConfirmHash).HasMaxLength(64);
        builder.Property(row => row.LeaveHash).HasMaxLength(64);
        builder.Property(row => row.LeaveSealed).HasMaxLength(500);
        builder.Property(row => row.SecretSealed).HasMaxLength(500);
        builder.HasIndex(row => row.AddressHash).IsUnique();
        builder.HasIndex(row => row.ConfirmHash);
        builder.HasIndex(row => row.LeaveHash);
        builder.HasIndex(row => new { row.State, row.Page, row.Id });
    }

    public void Configure(EntityTypeBuilder<StatusNoticeRow> builder)
    {
        builder.ToTable("StatusNotices");
        builder.Property(row => row.Cause).HasMaxLength(100);
        builder.Property(row => row.Platforms).HasMaxLength(1000);
        builder.Property(row => row.Subject).HasMaxLength(300);
        builder.Property(row => row.Path).HasMaxLength(200);
        builder.HasIndex(row => row.Cause).IsUnique();
        builder.HasIndex(row => row.Done);
    }
}
