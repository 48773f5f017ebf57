using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.OnCall.Store;

/// <summary>Someone who can be on call. A row is never deleted: past shifts and timelines name it.</summary>
internal sealed class PersonRow
{
    /// <summary>A slug.</summary>
    public required string Id { get; init; }

    public required string Name { get; set; }

    /// <summary>Slugs as the contracts name their addressees, each between two spaces, so that one can be looked for.</summary>
    public required string Roles { get; set; }

    /// <summary>IANA id; only for showing.</summary>
    public required string Zone { get; set; }

    /// <summary>Null: always was.</summary>
    public long? ActiveFromMs { get; set; }

    /// <summary>Exclusive; null: stays.</summary>
    public long? ActiveToMs { get; set; }

    /// <summary>SHA-256 of the secret in the link of the calendar feed; null: there is no feed.</summary>
    public string? CalendarKeyHash { get; set; }

    public required string Author { get; init; }

    public required long UpdatedAtMs { get; set; }

    public bool IsActive(long atMs) => (ActiveFromMs ?? long.MinValue) <= atMs && atMs < (ActiveToMs ?? long.MaxValue);

    public IReadOnlyList<string> RoleList => Roles.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static string Pack(IEnumerable<string> roles) => $" {string.Join(' ', roles)} ";
}

internal sealed class PersonRowMapping : IEntityTypeConfiguration<PersonRow>
{
    public void Configure(EntityTypeBuilder<PersonRow> builder)
    {
        builder.ToTable("People");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(63);
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.Property(row => row.Roles).HasMaxLength(1000);
        builder.Property(row => row.Zone).HasMaxLength(60);
        builder.Property(row => row.CalendarKeyHash).HasMaxLength(64);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.Ignore(row => row.RoleList);
        builder.HasIndex(row => row.CalendarKeyHash);
    }
}
