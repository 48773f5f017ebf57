using OpsDashboard.Application.Agreements.Statements;
using OpsDashboard.Application.Dashboards.Executive;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Months;

namespace OpsDashboard.Application.Dashboards.Reports;

/// <summary>All that a board report tells of a month.</summary>
internal sealed record BoardReport(
    ExecutiveMonth Month,
    IReadOnlyList<KpiMonth> Kpis,
    IReadOnlyList<IncidentSummary> Incidents,
    IReadOnlyList<Statement> Statements,
    DateTimeOffset MadeAt,
    int Number,
    string Author)
{
    /// <summary>Whether there is anything to tell.</summary>
    public bool HasContent => Month.Compliance.Any(line => line.Cells[^1].Measured > 0) || Kpis.Any(kpi => kpi.Measured is not null);
}

/// <summary>Reads what a month came to through the requests of the features.</summary>
internal sealed class BoardReportReader(IDispatcher dispatcher, KpiMonths kpis, TimeProvider time)
{
    public async Task<BoardReport> ReadAsync(YearMonth month, int number, string author, CancellationToken cancellationToken)
    {
        var executive = (await dispatcher.Send(new GetExecutiveMonth(month.ToString()), cancellationToken)).Value;
        var incidents = (await dispatcher.Send(new ListIncidents { From = month.Start, Limit = ListIncidents.Most }, cancellationToken)).Value;
        var statements = (await dispatcher.Send(new ListMonthStatements(month.ToString()), cancellationToken)).Value;
        return new BoardReport(
            executive,
            await kpis.ReadAsync(month, null, Scope.Everything, cancellationToken),
            [.. incidents.Where(incident => incident.MergedInto is null && incident.Milestones.Detected >= month.Start && incident.Milestones.Detected < month.End).OrderBy(incident => incident.SeverityRank).ThenBy(incident => incident.Milestones.Detected)],
            [.. statements.Where(statement => statement.Uptime is not null)],
            time.GetUtcNow(),
            number,
            author);
    }
}
