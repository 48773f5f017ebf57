using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Identity.Store;

/// <summary>One role of one account.</summary>
internal sealed class GrantRow
{
    public required string AccountId { get; init; }

    public required Role Role { get; init; }

    /// <summary>Paths, one a line; null: everything.</summary>
    public required string? Reach { get; set; }

    public RoleGrant ToGrant() => new(Role, ScopeText.Read(Reach));
}

/// <summary>People who own services together.</summary>
internal sealed class TeamRow
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    /// <summary>Paths of platforms, services and schedules, one a line.</summary>
    public required string Owns { get; set; }
}

internal sealed class TeamMemberRow
{
    public required string TeamId { get; init; }

    public required string AccountId { get; init; }
}

/// <summary>Somebody's browser. What the browser holds is kept as a hash only.</summary>
internal sealed class SessionRow
{
    public required string Id { get; init; }

    public required string TokenHash { get; init; }

    public required string AccountId { get; init; }

    /// <summary>The password was right, the second factor is still to come: this signs nobody in.</summary>
    public required bool IsPending { get; init; }

    public required bool BySecondFactor { get; set; }

    public required long CreatedAtMs { get; init; }

    public required long SeenAtMs { get; set; }

    public required long ExpiresAtMs { get; init; }

    /// <summary>When the person last proved to be who they are.</summary>
    public required long ConfirmedAtMs { get; set; }

    public string? Address { get; init; }

    public string? Device { get; init; }
}

/// <summary>A code for the day the phone is gone. Used once, kept as a hash.</summary>
internal sealed class RecoveryCodeRow
{
    public int Id { get; private set; }

    public required string AccountId { get; init; }

    public required string CodeHash { get; init; }
}

internal enum LinkKind
{
    /// <summary>Makes the first administrator.</summary>
    SetUp,

    /// <summary>Lets an account choose its password: a new one, or one who forgot it.</summary>
    Password,
}

/// <summary>A link that works once. The secret in it is kept as a hash.</summary>
internal sealed class OneTimeLinkRow
{
    public required string TokenHash { get; init; }

    public required LinkKind Kind { get; init; }

    public string? AccountId { get; init; }

    public required long ExpiresAtMs { get; init; }
}

/// <summary>How a scope lies in a column.</summary>
internal static class ScopeText
{
    public const int MaxLength = 8000;

    public static Scope Read(string? lines) => Scope.Of(lines?.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    public static string? Write(Scope scope) => scope.Paths is { } paths ? string.Join('\n', paths) : null;
}

internal sealed class IdentityRowMapping
    : IEntityTypeConfiguration<GrantRow>,
        IEntityTypeConfiguration<TeamRow>,
        IEntityTypeConfiguration<TeamMemberRow>,
        IEntityTypeConfiguration<SessionRow>,
        IEntityTypeConfiguration<RecoveryCodeRow>,
        IEntityTypeConfiguration<OneTimeLinkRow>
{
    public const int MaxDeviceLength = 120;
    public const int MaxAddressLength = 64;
    private const int HashLength = 64;
    private const int Id = AccountMapping.IdLength;

    public void Configure(EntityTypeBuilder<GrantRow> builder)
    {
        builder.ToTable("AccountRoles");
        builder.HasKey(row => new { row.AccountId, row.Role });
        builder.Property(row => row.AccountId).HasMaxLength(Id);
        builder.Property(row => row.Reach).HasMaxLength(ScopeText.MaxLength);
        builder.HasOne<Account>().WithMany().HasForeignKey(row => row.AccountId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<TeamRow> builder)
    {
        builder.ToTable("Teams");
        builder.Property(row => row.Id).HasMaxLength(63);
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.Property(row => row.Owns).HasMaxLength(ScopeText.MaxLength);
    }

    public void Configure(EntityTypeBuilder<TeamMemberRow> builder)
    {
        builder.ToTable("TeamMembers");
        builder.HasKey(row => new { row.TeamId, row.AccountId });
        builder.Property(row => row.TeamId).HasMaxLength(63);
        builder.Property(row => row.AccountId).HasMaxLength(Id);
        builder.HasIndex(row => row.AccountId);
        builder.HasOne<TeamRow>().WithMany().HasForeignKey(row => row.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Account>().WithMany().HasForeignKey(row => row.AccountId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<SessionRow> builder)
    {
        builder.ToTable("Sessions");
        builder.Property(row => row.Id).HasMaxLength(Id);
        builder.Property(row => row.TokenHash).HasMaxLength(HashLength);
        builder.Property(row => row.AccountId).HasMaxLength(Id);
        builder.Property(row => row.Address).HasMaxLength(MaxAddressLength);
        builder.Property(row => row.Device).HasMaxLength(MaxDeviceLength);
        builder.HasIndex(row => row.TokenHash).IsUnique();
        builder.HasIndex(row => row.AccountId);
        builder.HasIndex(row => row.ExpiresAtMs);
        builder.HasOne<Account>().WithMany().HasForeignKey(row => row.AccountId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<RecoveryCodeRow> builder)
    {
        builder.ToTable("RecoveryCodes");
        builder.Property(row => row.AccountId).HasMaxLength(Id);
        builder.Property(row => row.CodeHash).HasMaxLength(HashLength);
        builder.HasIndex(row => new { row.AccountId, row.CodeHash });
        builder.HasOne<Account>().WithMany().HasForeignKey(row => row.AccountId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<OneTimeLinkRow> builder)
    {
        builder.ToTable("OneTimeLinks");
        builder.HasKey(row => row.TokenHash);
        builder.Property(row => row.TokenHash).HasMaxLength(HashLength);
        builder.Property(row => row.AccountId).HasMaxLength(Id);
        builder.HasIndex(row => row.AccountId);
        builder.HasOne<Account>().WithMany().HasForeignKey(row => row.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
