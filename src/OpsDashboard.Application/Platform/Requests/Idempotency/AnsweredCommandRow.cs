using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Platform.Requests.Idempotency;

/// <summary>The answer a command gave, kept for a day under the caller's key for it.</summary>
internal sealed class AnsweredCommandRow
{
    /// <summary>Name of the caller, name of the request, Idempotency-Key.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of what was asked, so that a key used for something else is noticed.</summary>
    public required string RequestHash { get; init; }

    /// <summary>JSON.</summary>
    public required string Answer { get; init; }

    public required long AtMs { get; init; }
}

internal sealed class AnsweredCommandRowMapping : IEntityTypeConfiguration<AnsweredCommandRow>
{
    public const int MaxIdLength = 400;

    public void Configure(EntityTypeBuilder<AnsweredCommandRow> builder)
    {
        builder.ToTable("AnsweredCommands");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(MaxIdLength);
        builder.Property(row => row.RequestHash).HasMaxLength(64);
        builder.HasIndex(row => row.AtMs);
    }
}
