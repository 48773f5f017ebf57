using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.Store;

/// <summary>A silence; one that is ended early keeps its row with an earlier end.</summary>
internal sealed class SilenceRow
{
    public int Id { get; private set; }

    /// <summary>JSON of <see cref="LabelMatcher"/>s.</summary>
    public required string Matchers { get; init; }

    public required long StartsAtMs { get; init; }

    public required long EndsAtMs { get; set; }

    public required string Reason { get; init; }

    public required string Author { get; init; }

    public required long CreatedAtMs { get; init; }

    /// <summary>Who ended it before its time; null: nobody.</summary>
    public string? EndedBy { get; set; }
}

/// <summary>A rule of routing, in order.</summary>
internal sealed class RoutingRuleRow
{
    public int Id { get; private set; }

    public required int Position { get; set; }

    /// <summary>The <see cref="RoutingRule"/> as JSON.</summary>
    public required string Definition { get; set; }

    public required string Name { get; set; }

    /// <summary>Came with the product.</summary>
    public required bool Shipped { get; init; }
}

/// <summary>A metric rule.</summary>
internal sealed class MetricRuleRow
{
    /// <summary>Path platform/rule.</summary>
    public required string Id { get; init; }

    public required string Platform { get; init; }

    /// <summary>The <see cref="MetricRule"/> as JSON.</summary>
    public required string Definition { get; set; }

    public required bool Enabled { get; set; }

    /// <summary>A person changed it: a newer version of the product must not overwrite it.</summary>
    public bool EditedByUser { get; set; }
}

/// <summary>How a rule stands for one series.</summary>
internal sealed class MetricRuleStateRow
{
    public required string RuleId { get; init; }

    public required string SliId { get; init; }

    public required MetricRuleState State { get; set; }

    public decimal? Value { get; set; }

    public long? SinceMs { get; set; }

    public required long EvaluatedAtMs { get; set; }
}

internal sealed class AlertTermsMapping :
    IEntityTypeConfiguration<SilenceRow>,
    IEntityTypeConfiguration<RoutingRuleRow>,
    IEntityTypeConfiguration<MetricRuleRow>,
    IEntityTypeConfiguration<MetricRuleStateRow>
{
    public const int MaxReasonLength = 500;

    public void Configure(EntityTypeBuilder<SilenceRow> builder)
    {
        builder.ToTable("Silences");
        builder.Property(row => row.Reason).HasMaxLength(MaxReasonLength);
        builder.Property(row => row.Author).HasMaxLength(200);
        builder.Property(row => row.EndedBy).HasMaxLength(200);
        builder.HasIndex(row => row.EndsAtMs);
    }

    public void Configure(EntityTypeBuilder<RoutingRuleRow> builder)
    {
        builder.ToTable("AlertRoutingRules");
        builder.Property(row => row.Name).HasMaxLength(80);
        builder.HasIndex(row => row.Position);
    }

    public void Configure(EntityTypeBuilder<MetricRuleRow> builder)
    {
        builder.ToTable("MetricRules");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(150);
        builder.Property(row => row.Platform).HasMaxLength(63);
    }

    public void Configure(EntityTypeBuilder<MetricRuleStateRow> builder)
    {
        builder.ToTable("MetricRuleStates");
        builder.HasKey(row => new { row.RuleId, row.SliId });
        builder.Property(row => row.RuleId).HasMaxLength(150);
        builder.Property(row => row.SliId).HasMaxLength(250);
        builder.HasOne<MetricRuleRow>().WithMany().HasForeignKey(row => row.RuleId);
    }
}
