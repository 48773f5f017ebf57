using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Domain.Keys;

namespace OpsDashboard.Application.Keys.Store;

/// <summary>A key of a program. It is never deleted: what was done with it is told by its id for years.</summary>
internal sealed class ApiKeyRow
{
    public required string Id { get; init; }

    /// <summary>The program; at most two live keys have the same name.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key, hexadecimal. The key itself is shown once and kept nowhere.</summary>
    public required string KeyHash { get; init; }

    /// <summary>Words of <c>Access</c>, with commas between them.</summary>
    public required string Verbs { get; init; }

    /// <summary>Platforms and services (<c>platform/service</c>), with commas between them; empty: all.</summary>
    public required string Places { get; init; }

    /// <summary>Words of <see cref="KeySource"/>, with commas between them; empty: all.</summary>
    public required string Sources { get; init; }

    public required KeyTier Tier { get; init; }

    public required long CreatedAtMs { get; init; }

    public required long ExpiresAtMs { get; init; }

    public required string Author { get; init; }

    /// <summary>Who is warned before it expires; null: it was made by a program, and the operations manager is.</summary>
    public string? OwnerId { get; init; }

    /// <summary>The key this one follows.</summary>
    public string? FollowsId { get; init; }

    public long? RevokedAtMs { get; set; }

    public string? RevokedBy { get; set; }

    /// <summary>Written at most once a minute.</summary>
    public long? LastUsedAtMs { get; set; }

    public string? LastUsedFrom { get; set; }

    /// <summary>When it was said that it expires soon.</summary>
    public long? WarnedAtMs { get; set; }

    public bool IsLive(long nowMs) => RevokedAtMs is null && ExpiresAtMs > nowMs;
}

internal sealed class ApiKeyRowMapping : IEntityTypeConfiguration<ApiKeyRow>
{
    public void Configure(EntityTypeBuilder<ApiKeyRow> builder)
    {
        builder.ToTable("ApiKeys");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(ApiKeyText.IdLength);
        builder.Property(row => row.Name).HasMaxLength(CreateKey.MaxNameLength);
        builder.Property(row => row.KeyHash).HasMaxLength(64);
        builder.Property(row => row.Verbs).HasMaxLength(400);
        builder.Property(row => row.Places).HasMaxLength(4_000);
        builder.Property(row => row.Sources).HasMaxLength(200);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.Property(row => row.OwnerId).HasMaxLength(200);
        builder.Property(row => row.FollowsId).HasMaxLength(ApiKeyText.IdLength);
        builder.Property(row => row.RevokedBy).HasMaxLength(200);
        builder.Property(row => row.LastUsedFrom).HasMaxLength(64);
        builder.HasIndex(row => new { row.Name, row.CreatedAtMs });
    }
}
