using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Dashboards.Reports;

/// <summary>A board report as it was made. Written once, never changed; a later edition is a row of its own.</summary>
internal sealed class ReportRow
{
    /// <summary>Year × 100 + month, as 202611.</summary>
    public required int Month { get; init; }

    /// <summary>1: the report; from 2 on its later editions.</summary>
    public required int Number { get; init; }

    public required long MadeAtMs { get; init; }

    public required string Author { get; init; }

    public required int Pages { get; init; }

    /// <summary>SHA-256 of the bytes, in hexadecimal.</summary>
    public required string Fingerprint { get; init; }

    public required int Bytes { get; init; }

    /// <summary>The month in words, as it stands in the report.</summary>
    public required string Summary { get; init; }

    public required byte[] Pdf { get; init; }
}

/// <summary>Who gets a mail when a report is made.</summary>
internal sealed class ReportSubscriberRow
{
    public int Id { get; private set; }

    public required string Email { get; init; }

    public required string Name { get; init; }

    public required string Author { get; init; }

    public required long CreatedAtMs { get; init; }
}

internal sealed class ReportRowMapping : IEntityTypeConfiguration<ReportRow>, IEntityTypeConfiguration<ReportSubscriberRow>
{
    public void Configure(EntityTypeBuilder<ReportRow> builder)
    {
        builder.ToTable("Reports");
        builder.HasKey(row => new { row.Month, row.Number });
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.Property(row => row.Fingerprint).HasMaxLength(64);
        builder.Property(row => row.Summary).HasMaxLength(4_000);
    }

    public void Configure(EntityTypeBuilder<ReportSubscriberRow> builder)
    {
        builder.ToTable("ReportSubscribers");
        builder.Property(row => row.Email).HasMaxLength(254);
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.HasIndex(row => row.Email).IsUnique();
    }
}
