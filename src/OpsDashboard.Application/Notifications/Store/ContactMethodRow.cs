using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Application.Platform.Protection;

namespace OpsDashboard.Application.Notifications.Store;

/// <summary>A way to reach a person. It is paged only once the person has shown that it reaches them.</summary>
internal sealed class ContactMethodRow
{
    public int Id { get; private set; }

    /// <summary>Id of a <c>PersonRef</c>.</summary>
    public required string PersonId { get; init; }

    public required Channel Channel { get; init; }

    public required Sealed Address { get; init; }

    /// <summary>A mailbox of the demo: known without opening the address.</summary>
    public bool IsDemo { get; init; }

    public required string Label { get; set; }

    /// <summary>Of the person's methods, the lowest first.</summary>
    public required int Position { get; set; }

    /// <summary>How long after the page was owed this method is used, if nobody acknowledged before.</summary>
    public required int DelaySeconds { get; set; }

    /// <summary>Made for webhooks, shown once.</summary>
    public Sealed? SigningSecret { get; init; }

    public long? VerifiedAtMs { get; set; }

    public string? CodeHash { get; set; }

    public long? CodeSentAtMs { get; set; }

    public int CodeTries { get; set; }

    /// <summary>Codes and test pages sent, so that each has a key of its own.</summary>
    public int Sent { get; set; }

    public long? TestedAtMs { get; set; }

    public required long CreatedAtMs { get; init; }
}

/// <summary>When a person wants to be left alone by what can wait.</summary>
internal sealed class QuietHoursRow
{
    public required string PersonId { get; init; }

    /// <summary>IANA id.</summary>
    public required string Zone { get; set; }

    /// <summary>Minute of the local day.</summary>
    public required int FromMinute { get; set; }

    /// <summary>Minute of the local day, exclusive; at or below the start it lies on the next day.</summary>
    public required int ToMinute { get; set; }
}

internal sealed class ContactMethodRowMapping : IEntityTypeConfiguration<ContactMethodRow>, IEntityTypeConfiguration<QuietHoursRow>
{
    public void Configure(EntityTypeBuilder<ContactMethodRow> builder)
    {
        builder.ToTable("ContactMethods");
        builder.Property(row => row.PersonId).HasMaxLength(100);
        builder.Property(row => row.Address).HasMaxLength(Sealed.MaxLength(OutgoingMessage.MaxAddressLength));
        builder.Property(row => row.Label).HasMaxLength(80);
        builder.Property(row => row.SigningSecret).HasMaxLength(Sealed.MaxLength(200));
        builder.Property(row => row.CodeHash).HasMaxLength(64);
        builder.HasIndex(row => new { row.PersonId, row.Position });
    }

    public void Configure(EntityTypeBuilder<QuietHoursRow> builder)
    {
        builder.ToTable("QuietHours");
        builder.HasKey(row => row.PersonId);
        builder.Property(row => row.PersonId).HasMaxLength(100);
        builder.Property(row => row.Zone).HasMaxLength(60);
    }
}
