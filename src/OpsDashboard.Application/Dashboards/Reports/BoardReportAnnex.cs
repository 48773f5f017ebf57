using System.Globalization;
using OpsDashboard.Application.Agreements.Statements;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Platform.Documents;
using OpsDashboard.Domain.Kpis;

namespace OpsDashboard.Application.Dashboards.Reports;

/// <summary>Incidents, credits, and each statement in short.</summary>
internal static class BoardReportAnnex
{
    /// <summary>Intervals of a statement told one by one; all of them stand in the statement itself.</summary>
    private const int MostIntervals = 10;

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static void Write(DocumentWriter writer, BoardReport report)
    {
        writer.PageBreak();
        Incidents(writer, report);
        Credits(writer, report);
        Statements(writer, report);
    }

    private static void Incidents(DocumentWriter writer, BoardReport report)
    {
        writer.Heading(2, "Incidents");
        if (report.Incidents.Count == 0)
        {
            writer.Paragraph("No incident was detected in the month.");
            return;
        }

        writer.Table(new DocumentTable(
            [new("Incident", 4), new("Severity", 1.2), new("Detected (UTC)", 1.7), new("Unnoticed", 1.1, ColumnSide.Right), new("Lasted", 1.2, ColumnSide.Right)],
            [.. report.Incidents.Select(incident => new DocumentLine(
            [
                $"{incident.Title} ({incident.Platform})",
                incident.Severity,
                incident.Milestones.Detected.UtcDateTime.ToString("d MMM HH:mm", English),
                Span(incident.Milestones.Detected - incident.Milestones.Started),
                incident.Milestones.Resolved is { } resolved ? Span(resolved - incident.Milestones.Started) : "still open",
            ]))]));
    }

    private static void Credits(DocumentWriter writer, BoardReport report)
    {
        writer.Heading(2, "Service credits");
        var due = report.Statements.Where(statement => statement.CreditAmount > 0).ToList();
        writer.Paragraph(due.Count > 0
            ? $"{(due.Count == 1 ? "1 agreement earned" : $"{due.Count} agreements earned")} a credit: {string.Join(" and ", due.GroupBy(one => one.Terms.Currency, StringComparer.Ordinal).Select(group => Money(group.Sum(one => one.CreditAmount), group.Key)))}."
            : report.Statements.Count == 0 ? "No agreement was in force and measured in the month." : "No agreement earned a credit.");
        if (due.Count > 0)
        {
            writer.Table(new DocumentTable(
                [new("Customer", 3), new("Agreement", 3), new("Uptime", 1.4, ColumnSide.Right), new("Promised", 1.4, ColumnSide.Right), new("Credit", 2, ColumnSide.Right)],
                [.. due.Select(one => new DocumentLine([one.Customer, one.Agreement, Uptime(one), KpiText.Amount(one.Terms.Target, KpiUnit.Ratio), $"{one.CreditPercent.ToString("0.##", English)} %, {Money(one.CreditAmount, one.Terms.Currency)}"]))]));
        }
    }

    private static void Statements(DocumentWriter writer, BoardReport report)
    {
        if (report.Statements.Count == 0)
        {
            return;
        }

        writer.Heading(2, "Annex: statements");
        foreach (var statement in report.Statements)
        {
            writer.Together(130);
            writer.Heading(3, $"{statement.Customer}, {statement.Agreement}");
            writer.Pairs(
            [
                ("Statement", statement.Kind switch { StatementKind.Running => "Not closed: it may still change", StatementKind.Original => "As drawn up", StatementKind.Correction => $"Correction {statement.Number - 1}" }),
                ("Uptime", $"{Uptime(statement)}, promised {KpiText.Amount(statement.Terms.Target, KpiUnit.Ratio)}: {(statement.Met == true ? "kept" : "missed")}"),
                ("Downtime", $"{Span(TimeSpan.FromSeconds(statement.Seconds.Down))}; excluded {Span(TimeSpan.FromSeconds(statement.Seconds.Excluded))}; not measured {Span(TimeSpan.FromSeconds(statement.Seconds.Unmeasured))}"),
                ("Credit", statement.CreditAmount > 0 ? $"{statement.CreditPercent.ToString("0.##", English)} %, {Money(statement.CreditAmount, statement.Terms.Currency)}" : "none"),
                ("Fingerprint", statement.MinutesHash),
            ]);
            if (statement.Intervals.Count > 0)
            {
                writer.Table(new DocumentTable(
                    [new("Down from (UTC)", 2), new("Length", 1.4, ColumnSide.Right), new("Incident", 5)],
                    [.. statement.Intervals.Take(MostIntervals).Select(interval => new DocumentLine(
                    [
                        interval.From.UtcDateTime.ToString("d MMM yyyy HH:mm", English),
                        Span(TimeSpan.FromSeconds(interval.Seconds)),
                        interval.Incidents.Count == 0 ? KpiText.None : string.Join(", ", interval.Incidents.Select(incident => incident.Title ?? incident.Name)),
                    ]))]));
            }

            if (statement.Intervals.Count > MostIntervals)
            {
                writer.Note($"{statement.Intervals.Count - MostIntervals} further intervals stand in the statement.");
            }
        }
    }

    private static string Uptime(Statement statement) =>
        KpiText.Amount(statement.Uptime, KpiUnit.Ratio, new KpiAim(Domain.Slos.Comparison.GreaterOrEqual, statement.Terms.Target));

    private static string Money(decimal amount, string currency) => $"{amount.ToString(amount >= 1_000 ? "#,0" : "#,0.00", English)} {currency}";

    private static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => string.Create(English, $"{(int)span.TotalDays} d {span.Hours} h"),
        { TotalHours: >= 1 } => string.Create(English, $"{(int)span.TotalHours} h {span.Minutes} m"),
        _ => string.Create(English, $"{(int)span.TotalMinutes} m"),
    };
}
