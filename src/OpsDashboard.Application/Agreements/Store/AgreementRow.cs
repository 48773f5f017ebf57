using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Agreements.Store;

/// <summary>An agreement with a customer. What it demands stands in its versions.</summary>
internal sealed class AgreementRow
{
    /// <summary>A slug.</summary>
    public required string Id { get; init; }

    public required string CustomerId { get; init; }

    public required string Name { get; init; }

    /// <summary>Number of the newest version; two editors at once are told apart by it.</summary>
    public required int Version { get; set; }

    /// <summary>First instant it no longer holds, the start of a month; null: goes on.</summary>
    public long? EndsAtMs { get; set; }

    public required string Author { get; init; }

    public List<AgreementVersionRow> Versions { get; } = [];
}

/// <summary>Terms from an instant on. Versions are added, never changed.</summary>
internal sealed class AgreementVersionRow
{
    public string AgreementId { get; private set; } = "";

    public required int Version { get; init; }

    public required long EffectiveFromMs { get; init; }

    /// <summary>The <see cref="Domain.Agreements.AgreementTerms"/> as JSON.</summary>
    public required string Terms { get; init; }

    public required string Reason { get; init; }

    public required string Author { get; init; }

    public required long CreatedAtMs { get; init; }
}

internal sealed class AgreementRowMapping : IEntityTypeConfiguration<AgreementRow>, IEntityTypeConfiguration<AgreementVersionRow>
{
    public void Configure(EntityTypeBuilder<AgreementRow> builder)
    {
        builder.ToTable("Agreements");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(63);
        builder.Property(row => row.CustomerId).HasMaxLength(63);
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasOne<CustomerRow>().WithMany().HasForeignKey(row => row.CustomerId);
        builder.HasMany(row => row.Versions).WithOne().HasForeignKey(version => version.AgreementId);
    }

    public void Configure(EntityTypeBuilder<AgreementVersionRow> builder)
    {
        builder.ToTable("AgreementVersions");
        builder.HasKey(row => new { row.AgreementId, row.Version });
        builder.Property(row => row.AgreementId).HasMaxLength(63);
        builder.Property(row => row.Reason).HasMaxLength(500);
        builder.Property(row => row.Author).HasMaxLength(200);
    }
}
