using OpsDashboard.Application.Kpis;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Kpis;

/// <summary>KPIs in the language of state that all screens share.</summary>
internal static class KpiStates
{
    public static StateKind Kind(this KpiState state) => state switch
    {
        KpiState.OnTarget => StateKind.Healthy,
        KpiState.AtRisk => StateKind.AtRisk,
        KpiState.Missed => StateKind.Breached,
        KpiState.Missing or KpiState.Nothing or KpiState.NoBaseline or KpiState.NoTarget => StateKind.NoData,
    };

    public static string Href(string id) => $"/kpis/{Uri.EscapeDataString(id)}";

    public static IReadOnlyList<double?> Points(IReadOnlyList<decimal?> points) => [.. points.Select(point => (double?)point)];

    public static double? Target(KpiAim aim) => (double?)aim.Limit;

    /// <summary>Whether a change is good news; for a range and without a target nothing says so.</summary>
    public static Trend Trend(KpiAim aim, decimal change) =>
        change == 0 || aim.IsRange || aim.Limit is null ? Ui.Trend.Same : change > 0 == aim.HigherIsBetter ? Ui.Trend.Better : Ui.Trend.Worse;

    public static string Spark(string name, IReadOnlyList<decimal?> points, KpiUnit unit)
    {
        var known = points.OfType<decimal>().ToList();
        return known.Count == 0
            ? $"{name}: no value in {points.Count} periods"
            : $"{name}: {known.Count} of {points.Count} periods have a value, from {KpiText.Amount(known.Min(), unit)} to {KpiText.Amount(known.Max(), unit)}";
    }
}
