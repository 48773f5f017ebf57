using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Domain.Keys;

namespace OpsDashboard.Application.Keys.Store;

/// <summary>How much of a minute's requests the nodes have taken for a key. One row a key: the next minute begins in the same one.</summary>
internal sealed class KeyMinuteRow
{
    public required string KeyId { get; init; }

    /// <summary>Minutes since 1970.</summary>
    public required long Minute { get; set; }

    public required int Taken { get; set; }
}

internal sealed class KeyMinuteRowMapping : IEntityTypeConfiguration<KeyMinuteRow>
{
    public void Configure(EntityTypeBuilder<KeyMinuteRow> builder)
    {
        builder.ToTable("KeyMinutes");
        builder.HasKey(row => row.KeyId);
        builder.Property(row => row.KeyId).HasMaxLength(ApiKeyText.IdLength);
    }
}
