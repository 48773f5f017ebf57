using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.Store;

/// <summary>A program that may send alerts and heartbeats, by a secret in its address.</summary>
internal sealed class IntegrationRow
{
    public int Id { get; private set; }

    public required string Name { get; init; }

    /// <summary>Of alerts that name none; null: they say it themselves or belong to no platform.</summary>
    public string? Platform { get; init; }

    /// <summary>SHA-256 of the key, hexadecimal. The key itself is shown once and kept nowhere.</summary>
    public required string KeyHash { get; set; }

    /// <summary>First characters of the key, to tell keys apart.</summary>
    public required string KeyHint { get; set; }

    /// <summary>An alert of it without news for this long is shown as stale.</summary>
    public required int StaleAfterSeconds { get; init; }

    public required long CreatedAtMs { get; init; }

    public required string Author { get; init; }

    /// <summary>Its key is refused from then on; its alerts stay.</summary>
    public long? RevokedAtMs { get; set; }

    public long? LastReceivedAtMs { get; set; }

    /// <summary>What came last, in words: "12 alerts by Alertmanager".</summary>
    public string? LastReceived { get; set; }

    public long Received { get; set; }

    public long? LastFaultAtMs { get; set; }

    /// <summary>What was wrong with the last body that was refused.</summary>
    public string? LastFault { get; set; }
}

/// <summary>A sign of life that a program sends.</summary>
internal sealed class HeartbeatRow
{
    public int Id { get; private set; }

    public required int IntegrationId { get; init; }

    /// <summary>Unique within its integration.</summary>
    public required string Name { get; init; }

    public string? Platform { get; init; }

    public string? Service { get; init; }

    public required int IntervalSeconds { get; init; }

    public required int GraceSeconds { get; init; }

    public required AlertLevel Level { get; init; }

    public required long CreatedAtMs { get; init; }

    public long? LastPingAtMs { get; set; }

    /// <summary>When the next ping is missed; see <see cref="HeartbeatTerms.DueAtMs"/>.</summary>
    public required long DueAtMs { get; set; }

    /// <summary>Its alert is open.</summary>
    public bool Alarmed { get; set; }
}

internal sealed class IntegrationMapping : IEntityTypeConfiguration<IntegrationRow>, IEntityTypeConfiguration<HeartbeatRow>
{
    public const int MaxFaultLength = 300;

    public void Configure(EntityTypeBuilder<IntegrationRow> builder)
    {
        builder.ToTable("AlertIntegrations");
        builder.Property(row => row.Name).HasMaxLength(80);
        builder.Property(row => row.Platform).HasMaxLength(63);
        builder.Property(row => row.KeyHash).HasMaxLength(64);
        builder.Property(row => row.KeyHint).HasMaxLength(12);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.Property(row => row.LastReceived).HasMaxLength(200);
        builder.Property(row => row.LastFault).HasMaxLength(MaxFaultLength);
        builder.HasIndex(row => row.KeyHash).IsUnique();
    }

    public void Configure(EntityTypeBuilder<HeartbeatRow> builder)
    {
        builder.ToTable("Heartbeats");
        builder.Property(row => row.Name).HasMaxLength(80);
        builder.Property(row => row.Platform).HasMaxLength(63);
        builder.Property(row => row.Service).HasMaxLength(63);
        builder.HasIndex(row => new { row.IntegrationId, row.Name }).IsUnique();
        builder.HasIndex(row => row.DueAtMs);
        builder.HasOne<IntegrationRow>().WithMany().HasForeignKey(row => row.IntegrationId);
    }
}
