using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Telemetry.Intake;

/// <summary>A batch that was committed. Written in the transaction of its samples, so a retry finds either both or neither.</summary>
internal sealed class IntakeBatchRow
{
    /// <summary>Name of the key and the caller's batch id.</summary>
    public required string Id { get; init; }

    public required long ReceivedAtMs { get; init; }

    public required int Accepted { get; init; }
}

internal sealed class IntakeBatchRowMapping : IEntityTypeConfiguration<IntakeBatchRow>
{
    public void Configure(EntityTypeBuilder<IntakeBatchRow> builder)
    {
        builder.ToTable("IntakeBatches");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(200);
        builder.HasIndex(row => row.ReceivedAtMs);
    }
}
