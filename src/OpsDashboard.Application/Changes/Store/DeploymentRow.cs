using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Domain.Changes;

namespace OpsDashboard.Application.Changes.Store;

/// <summary>A deployment as it was told last.</summary>
internal sealed class DeploymentRow
{
    public long Id { get; private set; }

    /// <summary>The deployer's own name for it.</summary>
    public required string Key { get; init; }

    /// <summary>platform/service.</summary>
    public required string Service { get; init; }

    public required string Environment { get; set; }

    public required string Version { get; set; }

    public string? Team { get; set; }

    public required long StartedAtMs { get; set; }

    public long? FinishedAtMs { get; set; }

    public required DeploymentOutcome Outcome { get; set; }

    /// <summary>The <see cref="Deployment"/> as JSON.</summary>
    public required string Body { get; set; }

    /// <summary>Who told it first: a key, or the demo.</summary>
    public required string Origin { get; init; }
}

internal sealed class DeploymentRowMapping : IEntityTypeConfiguration<DeploymentRow>
{
    public void Configure(EntityTypeBuilder<DeploymentRow> builder)
    {
        builder.ToTable("Deployments");
        builder.Property(row => row.Key).HasMaxLength(200);
        builder.Property(row => row.Service).HasMaxLength(127);
        builder.Property(row => row.Environment).HasMaxLength(63);
        builder.Property(row => row.Version).HasMaxLength(100);
        builder.Property(row => row.Team).HasMaxLength(100);
        builder.Property(row => row.Origin).HasMaxLength(200);
        builder.HasIndex(row => new { row.Service, row.Key }).IsUnique();
        builder.HasIndex(row => row.StartedAtMs);
    }
}
