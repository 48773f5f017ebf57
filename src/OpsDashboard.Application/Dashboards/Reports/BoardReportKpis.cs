using System.Globalization;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Platform.Documents;
using OpsDashboard.Domain.Kpis;

namespace OpsDashboard.Application.Dashboards.Reports;

/// <summary>The KPI pages: each with its figures, its thirteen months as a picture, and its clause.</summary>
internal static class BoardReportKpis
{
    private const double PlotHeight = 62;

    /// <summary>Of one KPI with its picture: it stands on one page.</summary>
    private const double Whole = 176;

    public static void Write(DocumentWriter writer, BoardReport report)
    {
        var months = report.Month.Months.Select(month => month.ToString()).ToList();
        foreach (var platform in report.Kpis.Where(kpi => !kpi.IsNeverTold).GroupBy(kpi => kpi.Definition.Platform, StringComparer.Ordinal))
        {
            writer.PageBreak();
            writer.Heading(2, $"KPIs of {platform.Key}");
            writer.Note(KpiLight.Rule);
            foreach (var kpi in platform)
            {
                One(writer, kpi, months);
            }
        }

        if (report.Kpis.Where(kpi => kpi.IsNeverTold).ToList() is { Count: > 0 } silent)
        {
            writer.Heading(3, "KPIs without any value");
            writer.Paragraph(string.Join(", ", silent.Select(kpi => $"{kpi.Definition.Name} ({kpi.Definition.Platform})")) + ".");
        }
    }

    private static void One(DocumentWriter writer, KpiMonth kpi, IReadOnlyList<string> months)
    {
        var (definition, unit) = (kpi.Definition, kpi.Definition.Unit);
        writer.Together(Whole);
        writer.Heading(3, definition.Name);
        writer.Figures(
        [
            (kpi.Period ?? "Value", KpiText.Amount(kpi.Value, unit, kpi.Aim), Note(kpi), Colour(kpi.State)),
            ("Target", KpiText.Target(kpi.Aim, unit), kpi.Aim.DueOn is { } due ? $"by {due.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"))}" : "always", null),
            ("On the month", BoardReportPdf.Change(kpi.Value, kpi.Before, unit), $"On the year {BoardReportPdf.Change(kpi.Value, kpi.YearBefore, unit)}", null),
        ]);
        var scale = unit == KpiUnit.Ratio ? 100 : 1;
        writer.Plot(
            new DocumentPlot(
                months,
                [.. kpi.Points.Select(point => (double?)point)],
                (double?)kpi.Aim.Limit,
                value => KpiText.Amount((decimal)Math.Round(value * scale, 6) / scale, unit)),
            PlotHeight);
        var clause = definition.Clauses is [var first, ..] ? $" {first.Section}: “{first.Quote}”." : "";
        writer.Note($"{definition.Measures} Owner: {definition.Owner}.{clause}");
    }

    private static string Note(KpiMonth kpi) => kpi.IsAwaited ? "still awaited"
        : kpi.Definition.Change != KpiChange.None && kpi.Measured is { } measured ? $"{KpiText.State(kpi.State)}; measured {KpiText.Amount(measured, kpi.Definition.MeasuredIn)}"
        : kpi.IsOpen ? $"{KpiText.State(kpi.State)}, so far" : KpiText.State(kpi.State);

    private static DocumentColour? Colour(KpiState state) => state switch
    {
        KpiState.Missed => DocumentColour.Bad,
        KpiState.AtRisk => DocumentColour.Warning,
        KpiState.OnTarget or KpiState.Missing or KpiState.Nothing or KpiState.NoBaseline or KpiState.NoTarget => null,
    };
}
