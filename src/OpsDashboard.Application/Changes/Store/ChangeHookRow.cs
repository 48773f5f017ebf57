using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Application.Changes.Hooks;

namespace OpsDashboard.Application.Changes.Store;

/// <summary>A Git host that tells of deployments of one service, by a key in its address and a secret its messages are signed with.</summary>
internal sealed class ChangeHookRow
{
    public int Id { get; private set; }

    public required string Name { get; init; }

    public required GitHost Host { get; init; }

    /// <summary>platform/service its deployments belong to.</summary>
    public required string Service { get; init; }

    /// <summary>SHA-256 of the key, hexadecimal.</summary>
    public required string KeyHash { get; init; }

    /// <summary>What messages are signed with; needed to check them, so kept as it is.</summary>
    public required string Secret { get; init; }

    public required string Author { get; init; }

    public required long CreatedAtMs { get; init; }

    public long? LastReceivedAtMs { get; set; }

    /// <summary>What came last, in words.</summary>
    public string? LastReceived { get; set; }
}

internal sealed class ChangeHookRowMapping : IEntityTypeConfiguration<ChangeHookRow>
{
    public void Configure(EntityTypeBuilder<ChangeHookRow> builder)
    {
        builder.ToTable("ChangeHooks");
        builder.Property(row => row.Name).HasMaxLength(80);
        builder.Property(row => row.Service).HasMaxLength(127);
        builder.Property(row => row.KeyHash).HasMaxLength(64);
        builder.Property(row => row.Secret).HasMaxLength(100);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.Property(row => row.LastReceived).HasMaxLength(200);
        builder.HasIndex(row => row.KeyHash).IsUnique();
    }
}
