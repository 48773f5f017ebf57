using System.Globalization;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Domain.Kpis;

namespace OpsDashboard.Web.Kpis;

/// <summary>What a KPI's page says of it.</summary>
internal static class KpiWords
{
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Say(KpiDetail kpi) => kpi.Summary.State switch
    {
        KpiState.Missing when kpi.Summary.Period is null => "Nothing was handed in yet.",
        KpiState.Missing => $"The value of {kpi.Summary.Period} was due and is not there.",
        KpiState.Nothing when kpi.Summary.Period is null => "No month held what it is computed from yet.",
        KpiState.Nothing => $"{kpi.Summary.Period} held nothing it could be computed from.",
        KpiState.NoBaseline => "The target is a change, and nobody said yet from where.",
        KpiState.NoTarget => "Watched without a target.",
        KpiState.OnTarget or KpiState.AtRisk or KpiState.Missed =>
            $"{KpiText.Amount(kpi.Summary.Value, kpi.Definition.Unit, kpi.Summary.JudgedBy)} in {kpi.Summary.Period}, against {KpiText.Target(kpi.Summary.JudgedBy, kpi.Definition.Unit)}.",
    };

    /// <summary>Until when, and what the state still follows from where a newer target was set since.</summary>
    public static string Term(KpiSummary one) => (one.Aim.DueOn is { } due ? $"by {Day(due)}" : "always")
        + (one.JudgedBy == one.Aim || one.Period is null ? "" : $"; {one.Period} is judged by {KpiText.Target(one.JudgedBy, one.Unit)}");

    /// <summary>What was measured where a change is judged, and how it moved.</summary>
    public static string Note(KpiDetail kpi)
    {
        var (one, definition) = (kpi.Summary, kpi.Definition);
        var measured = definition.Change != KpiChange.None && one.Measured is { } value ? $"measured {KpiText.Amount(value, definition.MeasuredIn)}; " : "";
        return one is { Value: { } now, Before: { } before }
            ? $"{measured}{KpiText.Change(now - before, one.Unit)} on the {KpiText.Cadence(one.Cadence)} before"
            : $"{measured}nothing to compare with";
    }
}
