using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Slos.Import;
using OpsDashboard.Application.Slos.Overview;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Web.Catalog;

/// <summary>What the catalog holds, in words.</summary>
internal static class CatalogWords
{
    public static string Kind(ImportedKind kind) => kind switch
    {
        ImportedKind.Service => "Service",
        ImportedKind.DataSource => "Data source",
        ImportedKind.Sli => "Indicator",
        ImportedKind.Slo => "Objective",
    };

    public static string Kind(SliKind kind) => kind switch
    {
        SliKind.Ratio => "Ratio",
        SliKind.Latency => "Latency",
        SliKind.Value => "Value",
        SliKind.Freshness => "Freshness",
        SliKind.Job => "Job",
    };

    public static string Origin(CatalogSlo slo) => slo switch
    {
        { Origin: "import" } => "Import",
        { ByUser: true } => $"{slo.Origin}, edited",
        _ => slo.Origin,
    };

    public static string Feed(SliSource source) => source switch
    {
        SliSource.Push => "Samples sent to the intake",
        SliSource.Prometheus prometheus => prometheus.DataSource is { } name ? $"Queries to {name}" : "Queries, to no data source yet",
        SliSource.Probed probed => $"Probe {probed.Probe}",
        SliSource.Elsewhere elsewhere => $"{elsewhere.Type}: not asked, samples must be sent",
        _ => throw new InvalidOperationException($"No words for {source.GetType().Name}."),
    };
}
