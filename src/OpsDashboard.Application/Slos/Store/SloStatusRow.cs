using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpsDashboard.Application.Slos.Store;

/// <summary>The newest judgement of an objective, written by the evaluator alone.</summary>
internal sealed class SloStatusRow
{
    public required int SloId { get; init; }

    public required long EvaluatedAtMs { get; set; }

    /// <summary>The <see cref="SloStatus"/> as JSON.</summary>
    public required byte[] Status { get; set; }
}

/// <summary>A burn alert from when it began to when it ended.</summary>
internal sealed class BurnAlertRow
{
    public long Id { get; private set; }

    public required int SloId { get; init; }

    /// <summary>Long and short window, as "1h/5m".</summary>
    public required string Rule { get; init; }

    public required Domain.Slos.AlertSeverity Severity { get; init; }

    public required decimal Threshold { get; init; }

    public required long SinceMs { get; init; }

    public long? UntilMs { get; set; }
}

/// <summary>What a closed calendar month came to, under the target then in force. Written once, never changed.</summary>
internal sealed class SloMonthRow
{
    public required int SloId { get; init; }

    /// <summary>Year × 100 + month, as 202611.</summary>
    public required int Month { get; init; }

    public required decimal Target { get; init; }

    public required decimal? Sli { get; init; }

    public required decimal Good { get; init; }

    public required decimal Total { get; init; }

    public required long BadSeconds { get; init; }

    public required long ExcludedSeconds { get; init; }

    public required decimal Coverage { get; init; }

    /// <summary>In events or seconds, as the budgeting method counts.</summary>
    public required decimal BudgetTotal { get; init; }

    /// <summary>Signed share of the month's budget that was left.</summary>
    public required decimal? RemainingRatio { get; init; }

    public required int SloVersion { get; init; }

    public required long ClosedAtMs { get; init; }
}

internal sealed class SloStatusMapping :
    IEntityTypeConfiguration<SloStatusRow>,
    IEntityTypeConfiguration<BurnAlertRow>,
    IEntityTypeConfiguration<SloMonthRow>
{
    public void Configure(EntityTypeBuilder<SloStatusRow> builder)
    {
        builder.ToTable("SloStatuses");
        builder.HasKey(row => row.SloId);
        builder.Property(row => row.SloId).ValueGeneratedNever();
        builder.HasOne<SloRow>().WithOne().HasForeignKey<SloStatusRow>(row => row.SloId);
    }

    public void Configure(EntityTypeBuilder<BurnAlertRow> builder)
    {
        builder.ToTable("BurnAlerts");
        builder.Property(row => row.Rule).HasMaxLength(20);
        builder.HasIndex(row => new { row.SloId, row.SinceMs });
        builder.HasIndex(row => row.UntilMs);
        builder.HasOne<SloRow>().WithMany().HasForeignKey(row => row.SloId);
    }

    public void Configure(EntityTypeBuilder<SloMonthRow> builder)
    {
        builder.ToTable("SloMonths");
        builder.HasKey(row => new { row.SloId, row.Month });
        builder.HasOne<SloRow>().WithMany().HasForeignKey(row => row.SloId);
    }
}
