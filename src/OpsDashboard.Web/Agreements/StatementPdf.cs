using OpsDashboard.Application.Agreements.Statements;
using OpsDashboard.Application.Platform.Documents;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Agreements;

/// <summary>A statement on paper. The same statement gives the same bytes.</summary>
internal static class StatementPdf
{
    public static byte[] Write(Statement statement)
    {
        var currency = statement.Terms.Currency;
        var writer = new DocumentWriter(new DocumentFacts
        {
            Title = $"{AgreementWords.Title(statement.Kind, statement.Number)} {statement.Month}, {statement.Customer}",
            Subject = statement.Agreement,
            Footer = $"{statement.Customer}, {statement.Agreement}, {statement.Month}",
            CreatedAt = statement.DrawnUpAt,
        });
        writer.Title($"{AgreementWords.Title(statement.Kind, statement.Number)}, {AgreementWords.Month(statement.Month)}", $"{statement.Customer}, {statement.Agreement}");
        if (statement.Kind == StatementKind.Running)
        {
            writer.Note("The month is not closed: what stands here may still change.");
        }

        writer.Figures(
        [
            ("Uptime", Numbers.Availability(statement.Uptime, statement.Terms.Target), $"promised {Numbers.Target(statement.Terms.Target)}", statement.Met == false ? DocumentColour.Bad : null),
            ("Downtime", Numbers.Duration(statement.Seconds.Down), $"excluded {Numbers.Duration(statement.Seconds.Excluded)}", null),
            ("Credit", statement.CreditPercent == 0 ? "none" : Numbers.Money(statement.CreditAmount, currency), statement.CreditPercent == 0 ? null : $"{AgreementWords.Percent(statement.CreditPercent)} of {Numbers.Money(statement.Terms.MonthlyFee, currency)}", statement.CreditPercent > 0 ? DocumentColour.Bad : null),
        ]);
        foreach (var change in statement.Changes)
        {
            writer.Item("•", change);
        }

        Sum(writer, statement);
        Downtime(writer, statement);
        Basis(writer, statement);
        return writer.ToPdf();
    }

    private static void Sum(DocumentWriter writer, Statement statement)
    {
        var removed = statement.Terms.Exclusions?.Mode != ExclusionMode.CountedAsUp;
        var judged = statement.Seconds.Up + statement.Seconds.Down + (removed ? 0 : statement.Seconds.Excluded);
        writer.Heading(2, "How the uptime was counted");
        writer.Pairs(
        [
            ("Counted", $"{Times.Utc(statement.From, TimeShape.Minute)} to {Times.Utc(statement.Until, TimeShape.Minute)}: {Minutes(statement.Seconds.Counted)}"),
            ("Not measured", Minutes(statement.Seconds.Unmeasured)),
            ("Excluded maintenance", Minutes(statement.Seconds.Excluded)),
            ("Judged", Minutes(judged)),
            ("Down", Minutes(statement.Seconds.Down)),
            ("Uptime", $"({Minutes(judged)} − {Minutes(statement.Seconds.Down)}) ÷ {Minutes(judged)} = {Numbers.Availability(statement.Uptime, statement.Terms.Target)}"),
            ("Exclusions", AgreementWords.Exclusions(statement.Terms.Exclusions)),
        ]);
        if (statement.EstimatedHours > 0)
        {
            writer.Note($"Of {statement.EstimatedHours} hours only sums are left; their downtime is estimated.");
        }
    }

    private static void Downtime(DocumentWriter writer, Statement statement)
    {
        writer.Heading(2, "Downtime");
        if (statement.Intervals.Count == 0)
        {
            writer.Paragraph("No minute was down.");
            return;
        }

        writer.Table(new DocumentTable(
            [new("From (UTC)", 2), new("Length", 1.2, ColumnSide.Right), new("Counts", 2.4), new("Incident", 3)],
            [.. statement.Intervals.Select(interval => new DocumentLine(
            [
                Times.Utc(interval.From, TimeShape.Minute),
                Numbers.Duration(interval.Seconds),
                AgreementWords.Why(interval.Kind),
                string.Join(", ", interval.Incidents.Select(incident => incident.Title is null ? incident.Name : $"{incident.Name}, {incident.Title}")),
            ]))]));
    }

    private static void Basis(DocumentWriter writer, Statement statement)
    {
        writer.Heading(2, "What it was counted from");
        writer.Table(new DocumentTable(
            [new("Objective", 4), new("Version", 1, ColumnSide.Right), new("Uptime alone", 1.5, ColumnSide.Right), new("Down", 1.2, ColumnSide.Right)],
            [.. statement.Objectives.Select(objective => new DocumentLine([objective.Slo, $"{objective.Version}", Numbers.Availability(objective.Uptime, statement.Terms.Target), Numbers.Duration(objective.DownSeconds)]))]));
        foreach (var clause in statement.Terms.Clauses)
        {
            writer.Quote($"{clause.Document}, {clause.Section}: {clause.Quote}");
        }

        writer.Note($"Terms version {statement.TermsVersion}. Drawn up {Times.Utc(statement.DrawnUpAt, TimeShape.Minute)}. Fingerprint of the minutes: {statement.MinutesHash}");
    }

    private static string Minutes(long seconds) => $"{Numbers.Count(seconds / 60)} min";
}
