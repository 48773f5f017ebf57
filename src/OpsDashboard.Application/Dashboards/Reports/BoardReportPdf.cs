using System.Globalization;
using OpsDashboard.Application.Dashboards.Executive;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Platform.Documents;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Dashboards.Reports;

/// <summary>A board report on paper: cover, summary, compliance, KPI pages, incidents, credits, statements. The same report gives the same bytes.</summary>
internal static class BoardReportPdf
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static (byte[] Pdf, int Pages) Write(BoardReport report)
    {
        var month = report.Month.Month;
        var name = month.Start.ToString("MMMM yyyy", English);
        var writer = new DocumentWriter(new DocumentFacts
        {
            Title = $"Board report {name}",
            Subject = "Compliance, KPIs, incidents and credits",
            Footer = $"Board report {name}{(report.Number > 1 ? $", edition {report.Number}" : "")}",
            CreatedAt = report.MadeAt,
        });
        Cover(writer, report, name);
        Summary(writer, report, name);
        Compliance(writer, report);
        BoardReportKpis.Write(writer, report);
        BoardReportAnnex.Write(writer, report);
        return (writer.ToPdf(), writer.PageCount);
    }

    private static void Cover(DocumentWriter writer, BoardReport report, string name) => writer.Cover(
        "Board report",
        name,
        [
            ("Month", $"{At(report.Month.Month.Start)} to {At(report.Month.Month.End)} UTC"),
            ("Figures", report.Month.IsClosed ? "Final: the month is closed." : $"As they stood on {At(report.MadeAt)} UTC. The month's objectives close 48 hours after its end; late samples may still change them."),
            ("Edition", report.Number == 1 ? "First" : $"{report.Number}; the editions before stay as they were"),
            ("Made", $"{At(report.MadeAt)} UTC by {report.Author}"),
            ("Holds", $"{report.Month.Kpis.All - report.Month.Kpis.NeverTold} KPIs, {report.Month.Figures.Measured} objectives, {report.Incidents.Count} incidents, {report.Statements.Count} statements"),
        ],
        "All words in this report are made by rule from stored figures. A period without a value is told as missing, never as zero and never as kept.");

    private static void Summary(DocumentWriter writer, BoardReport report, string name)
    {
        writer.Heading(2, $"{name} in short");
        writer.Paragraph(report.Month.Summary);
        writer.Figures(
        [
            ("Objectives within budget", Share(report.Month.Figures.Compliance), $"{report.Month.Figures.Met} of {report.Month.Figures.Measured}", report.Month.Figures.Breached > 0 ? DocumentColour.Bad : null),
            ("KPIs on target", Number(report.Month.Kpis.OnTarget), $"of {report.Month.Kpis.All - report.Month.Kpis.NeverTold} with values", null),
            ("KPIs missed", Number(report.Month.Kpis.Missed), $"{report.Month.Kpis.AtRisk} at risk", report.Month.Kpis.Missed > 0 ? DocumentColour.Bad : null),
            ("Without a value", Number(report.Month.Kpis.Missing + report.Month.Kpis.Awaited), $"{report.Month.Kpis.Awaited} still awaited", null),
        ]);
        foreach (var block in report.Month.Blocks.Where(block => block.Figures.Count > 0))
        {
            writer.Heading(3, block.Title);
            writer.Table(new DocumentTable(
                [new("Figure", 3.6), new("State", 1.5), new("Value", 1.6, ColumnSide.Right), new("Target", 2, ColumnSide.Right), new("On month", 1.6, ColumnSide.Right), new("On year", 1.6, ColumnSide.Right)],
                [.. block.Figures.Select(Line)]));
        }
    }

    private static DocumentLine Line(ExecutiveFigure figure) => new(
    [
        figure.Platform is { } platform ? $"{figure.Name}, {platform}" : figure.Name,
        State(figure.State, figure.IsAwaited),
        KpiText.Amount(figure.Value, figure.Unit, figure.Aim),
        KpiText.Target(figure.Aim, figure.Unit),
        Change(figure.Value, figure.Before, figure.Unit),
        Change(figure.Value, figure.YearBefore, figure.Unit),
    ]);

    private static void Compliance(DocumentWriter writer, BoardReport report)
    {
        if (report.Month.Compliance.Count == 0)
        {
            return;
        }

        // The last six months fit a page's width; the thirteen stand on the executive page.
        const int shown = 6;
        var months = report.Month.Months.TakeLast(shown).ToList();
        writer.PageBreak();
        writer.Heading(2, "Compliance by platform and service");
        writer.Note("Objectives that kept within their error budget, of those measured in the month.");
        writer.Table(new DocumentTable(
            [new("Platform and service", 3), .. months.Select(month => new DocumentColumn(month.ToString(), 1, ColumnSide.Right))],
            [.. report.Month.Compliance.Select(line => new DocumentLine([line.Service is { } service ? service : line.Platform, .. line.Cells.TakeLast(shown).Select(Cell)], line.Service is null))]));
        writer.Heading(3, "Breaches");
        if (report.Month.Breaches.Count == 0)
        {
            writer.Paragraph("No objective was breached.");
        }

        foreach (var breach in report.Month.Breaches)
        {
            writer.Item("•", breach.Sentence);
            if (breach.Clause is { } clause)
            {
                writer.Quote($"{clause.Document}, {clause.Section}: {clause.Quote}");
            }
        }
    }

    private static RichText Cell(ComplianceCell cell) => cell.Measured == 0 ? KpiText.None
        : cell.State == SloState.Breached ? RichText.Coloured($"{cell.Met} of {cell.Measured}", DocumentColour.Bad, TextStyle.Bold)
        : $"{cell.Met} of {cell.Measured}";

    public static RichText State(KpiState state, bool isAwaited) => isAwaited ? "Awaited" : state switch
    {
        KpiState.OnTarget => RichText.Coloured("On target", DocumentColour.Good),
        KpiState.AtRisk => RichText.Coloured("At risk", DocumentColour.Warning, TextStyle.Bold),
        KpiState.Missed => RichText.Coloured("Missed", DocumentColour.Bad, TextStyle.Bold),
        KpiState.Missing or KpiState.Nothing or KpiState.NoBaseline or KpiState.NoTarget => RichText.Coloured(KpiText.State(state), DocumentColour.Muted),
    };

    public static string Change(decimal? now, decimal? before, KpiUnit unit) => now is { } value && before is { } then ? KpiText.Change(value - then, unit) : KpiText.None;

    public static string At(DateTimeOffset instant) => instant.UtcDateTime.ToString("d MMMM yyyy HH:mm", English);

    public static string Number(int count) => count.ToString("#,0", English);

    private static string Share(decimal? share) => KpiText.Amount(share, KpiUnit.Ratio);
}
