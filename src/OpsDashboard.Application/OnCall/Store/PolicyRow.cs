using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Application.OnCall.Policies;

namespace OpsDashboard.Application.OnCall.Store;

/// <summary>An escalation policy with where it comes from and what it is used for.</summary>
internal sealed class PolicyRow
{
    /// <summary>A slug.</summary>
    public required string Id { get; init; }

    public required string Name { get; set; }

    public required EscalationPath Path { get; init; }

    public required int Repeats { get; set; }

    /// <summary>A list of EscalationLevel as JSON.</summary>
    public required string Levels { get; set; }

    /// <summary>A list of PolicyScope as JSON.</summary>
    public required string Scopes { get; set; }

    /// <summary>Null: no clause asks for it.</summary>
    public string? Document { get; init; }

    public string? Section { get; init; }

    public string? Quote { get; init; }

    /// <summary>Until when the clause wants the last level told; null: it names no time.</summary>
    public int? WithinSeconds { get; init; }

    /// <summary>Grows with every edit.</summary>
    public required int Version { get; set; }

    /// <summary>Who wrote it last.</summary>
    public required string Author { get; set; }

    public required long UpdatedAtMs { get; set; }
}

internal sealed class PolicyRowMapping : IEntityTypeConfiguration<PolicyRow>
{
    public void Configure(EntityTypeBuilder<PolicyRow> builder)
    {
        builder.ToTable("EscalationPolicies");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(63);
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.Property(row => row.Document).HasMaxLength(63);
        builder.Property(row => row.Section).HasMaxLength(200);
        builder.Property(row => row.Quote).HasMaxLength(500);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}
