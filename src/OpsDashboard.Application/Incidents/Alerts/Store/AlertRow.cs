using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.Store;

/// <summary>An alert from when it opened to when it resolved. While it is open there is no other of its key.</summary>
internal sealed class AlertRow
{
    public const int MaxTitleLength = 300;
    public const int MaxDescriptionLength = 4_000;
    public const int MaxLinkLength = 1_000;

    public long Id { get; private set; }

    /// <summary>See <see cref="AlertIdentity.KeyOf"/>.</summary>
    public required string Key { get; init; }

    /// <summary>The key while the alert is open, null after: a unique index over it keeps a second one from opening.</summary>
    public string? OpenKey { get; set; }

    public required AlertSource Source { get; init; }

    public int? IntegrationId { get; init; }

    /// <summary>What its sender groups it with; see <see cref="AlertIdentity.GroupOf"/>.</summary>
    public required string GroupKey { get; init; }

    public required string Title { get; set; }

    public string? Description { get; set; }

    /// <summary>JSON object of texts.</summary>
    public required string Labels { get; init; }

    /// <summary>JSON object of texts.</summary>
    public required string Annotations { get; set; }

    /// <summary>Where its sender shows it; http or https.</summary>
    public string? Link { get; set; }

    public required string Platform { get; init; }

    /// <summary>Name within the platform; null: not known.</summary>
    public string? Service { get; init; }

    public required AlertLevel Level { get; init; }

    /// <summary>Name of the platform's severity scale.</summary>
    public required string Severity { get; init; }

    public required AlertAction Action { get; init; }

    /// <summary>Null: the policy of its platform, service and severity.</summary>
    public string? PolicyId { get; init; }

    /// <summary>By its sender's clock, but never in the future.</summary>
    public required long StartsAtMs { get; init; }

    public required long OpenedAtMs { get; init; }

    /// <summary>When its sender last said that it fires.</summary>
    public required long LastSeenAtMs { get; set; }

    /// <summary>Without news for this long it is shown as stale; null: its source tells only changes.</summary>
    public int? StaleAfterSeconds { get; init; }

    public long? ResolvedAtMs { get; set; }

    /// <summary>Messages that told nothing new.</summary>
    public int Repeats { get; set; }

    /// <summary>Firings since it opened.</summary>
    public int Occurrences { get; set; } = 1;

    public AlertMute Mute { get; set; }

    public int? SilenceId { get; set; }

    /// <summary>The incident it opened or joined.</summary>
    public long? IncidentId { get; set; }

    public bool IsOpen => OpenKey is not null;
}

/// <summary>One firing of an alert, by its sender's start; or the end of a firing that was never told.</summary>
internal sealed class AlertOccurrenceRow
{
    public long Id { get; private set; }

    public required string Key { get; init; }

    /// <summary>Null: only its end is known.</summary>
    public long? AlertId { get; init; }

    public AlertRow? Alert { get; init; }

    public required long StartsAtMs { get; init; }

    public long? EndsAtMs { get; set; }

    public required long FirstSeenAtMs { get; init; }

    /// <summary>When the end was learnt.</summary>
    public long? EndSeenAtMs { get; set; }

    public int Repeats { get; set; }
}

internal sealed class AlertMapping : IEntityTypeConfiguration<AlertRow>, IEntityTypeConfiguration<AlertOccurrenceRow>
{
    public void Configure(EntityTypeBuilder<AlertRow> builder)
    {
        builder.ToTable("Alerts");
        builder.Property(row => row.Key).HasMaxLength(AlertIdentity.MaxKeyLength);
        builder.Property(row => row.OpenKey).HasMaxLength(AlertIdentity.MaxKeyLength);
        builder.Property(row => row.GroupKey).HasMaxLength(AlertIdentity.MaxKeyLength);
        builder.Property(row => row.Title).HasMaxLength(AlertRow.MaxTitleLength);
        builder.Property(row => row.Description).HasMaxLength(AlertRow.MaxDescriptionLength);
        builder.Property(row => row.Link).HasMaxLength(AlertRow.MaxLinkLength);
        builder.Property(row => row.Platform).HasMaxLength(63);
        builder.Property(row => row.Service).HasMaxLength(63);
        builder.Property(row => row.Severity).HasMaxLength(40);
        builder.Property(row => row.PolicyId).HasMaxLength(63);
        builder.HasIndex(row => row.OpenKey).IsUnique();
        builder.HasIndex(row => new { row.Key, row.OpenedAtMs });
        builder.HasIndex(row => row.ResolvedAtMs);
        builder.HasIndex(row => row.IncidentId);
        builder.HasIndex(row => new { row.GroupKey, row.IncidentId });
        builder.HasIndex(row => new { row.Platform, row.Service, row.OpenedAtMs });
    }

    public void Configure(EntityTypeBuilder<AlertOccurrenceRow> builder)
    {
        builder.ToTable("AlertOccurrences");
        builder.Property(row => row.Key).HasMaxLength(AlertIdentity.MaxKeyLength);
        builder.HasIndex(row => new { row.Key, row.StartsAtMs });
        builder.HasIndex(row => row.AlertId);
        builder.HasIndex(row => row.EndSeenAtMs);
        builder.HasOne(row => row.Alert).WithMany().HasForeignKey(row => row.AlertId);
    }
}
