using System.Globalization;
using System.Text;
using OpsDashboard.Application.Agreements.Statements;

namespace OpsDashboard.Web.Agreements;

/// <summary>A statement as one table: a line for the month, one for each downtime interval, one for each objective.</summary>
internal static class StatementCsv
{
    private static readonly string[] Head = ["customer", "agreement", "month", "statement", "line", "from", "to", "seconds", "uptime", "counts", "objective", "incident", "creditPercent", "creditAmount", "currency"];

    public static string Write(Statement statement)
    {
        var text = new StringBuilder();
        Line(text, Head);
        Add("month", statement.From, statement.Until, statement.Seconds.Down, statement.Uptime, "", "", "", Number(statement.CreditPercent), Number(statement.CreditAmount));
        foreach (var interval in statement.Intervals)
        {
            Add(
                "downtime",
                interval.From,
                interval.To,
                interval.Seconds,
                null,
                AgreementWords.Why(interval.Kind),
                string.Join(' ', interval.Slos),
                string.Join(' ', interval.Incidents.Select(incident => incident.Name)),
                "",
                "");
        }

        foreach (var objective in statement.Objectives)
        {
            Add("objective", statement.From, statement.Until, objective.DownSeconds, objective.Uptime, "", objective.Slo, "", "", "");
        }

        return text.ToString();

        void Add(string line, DateTimeOffset from, DateTimeOffset to, long seconds, decimal? uptime, string counts, string slo, string incident, string percent, string amount) => Line(text, [
            statement.Customer,
            statement.Agreement,
            statement.Month,
            statement.Kind switch { StatementKind.Running => "running", StatementKind.Original => "1", StatementKind.Correction => Number(statement.Number) },
            line,
            Instant(from),
            Instant(to),
            Number(seconds),
            uptime is { } ratio ? Number(ratio) : "",
            counts,
            slo,
            incident,
            percent,
            amount,
            statement.Terms.Currency,
        ]);
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Number(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, IReadOnlyList<string> fields) => text.AppendJoin(',', fields.Select(Field)).Append("\r\n");

    /// <summary>Quoted where it must be; what a spreadsheet would take for a formula is text.</summary>
    private static string Field(string value)
    {
        var safe = value.Length > 0 && "=+-@\t\r".Contains(value[0], StringComparison.Ordinal) ? $"'{value}" : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
