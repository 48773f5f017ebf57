using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Changes.Store;

/// <summary>Who takes a service's deployments back when told to.</summary>
internal sealed class RollbackHookRow
{
    /// <summary>platform/service.</summary>
    public required string Service { get; init; }

    public required string Address { get; set; }

    /// <summary>Calls are signed with it.</summary>
    public required string Secret { get; set; }

    public required string Author { get; set; }
}

/// <summary>That a deployment was to be taken back, and why. Written once for each.</summary>
internal sealed class RollbackDecisionRow
{
    public required long DeploymentId { get; init; }

    public required string Rule { get; init; }

    public required decimal Value { get; init; }

    public required decimal Limit { get; init; }

    public required long DecidedAtMs { get; init; }

    /// <summary>False: nobody was there to be called.</summary>
    public required bool Called { get; init; }
}

internal sealed class RollbackRowMapping : IEntityTypeConfiguration<RollbackHookRow>, IEntityTypeConfiguration<RollbackDecisionRow>
{
    public void Configure(EntityTypeBuilder<RollbackHookRow> builder)
    {
        builder.ToTable("RollbackHooks");
        builder.HasKey(row => row.Service);
        builder.Property(row => row.Service).HasMaxLength(127);
        builder.Property(row => row.Address).HasMaxLength(500);
        builder.Property(row => row.Secret).HasMaxLength(100);
        builder.Property(row => row.Author).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<RollbackDecisionRow> builder)
    {
        builder.ToTable("RollbackDecisions");
        builder.HasKey(row => row.DeploymentId);
        builder.Property(row => row.DeploymentId).ValueGeneratedNever();
        builder.Property(row => row.Rule).HasMaxLength(20);
        builder.HasOne<DeploymentRow>().WithOne().HasForeignKey<RollbackDecisionRow>(row => row.DeploymentId);
    }
}
