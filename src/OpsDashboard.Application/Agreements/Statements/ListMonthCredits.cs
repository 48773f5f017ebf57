using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Agreements.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Months;

namespace OpsDashboard.Application.Agreements.Statements;

/// <summary>What months earned customers, from the newest statement of each agreement; the month under way as it stands.</summary>
public sealed record ListMonthCredits(YearMonth From, YearMonth To) : IQuery<IReadOnlyList<MonthCredit>>
{
    public static Access Access => Access.ReadReports;
}

/// <param name="Agreements">How many were stated in the currency.</param>
/// <param name="Due">How many of them earned a credit.</param>
public sealed record MonthCredit(YearMonth Month, string Currency, int Agreements, int Due, decimal Amount);

internal sealed class ListMonthCreditsHandler(OpsDbContext db, RunningStatements running, TimeProvider time) : IRequestHandler<ListMonthCredits, Outcome<IReadOnlyList<MonthCredit>>>
{
    public async Task<Outcome<IReadOnlyList<MonthCredit>>> Handle(ListMonthCredits request, CancellationToken cancellationToken)
    {
        var (from, to) = (request.From.Number, request.To.Number);
        var stored = await db.Set<StatementRow>().AsNoTracking()
            .Where(row => row.Month >= from && row.Month <= to)
            .Select(row => new { row.AgreementId, row.Month, row.Number, row.Currency, row.CreditAmount })
            .ToListAsync(cancellationToken);
        var lines = stored
            .GroupBy(row => (row.AgreementId, row.Month))
            .Select(group => group.MaxBy(row => row.Number)!)
            .Select(row => (Month: YearMonth.FromNumber(row.Month), row.Currency, Amount: row.CreditAmount))
            .ToList();
        var current = YearMonth.Of(time.GetUtcNow());
        if (request.From <= current && current <= request.To)
        {
            lines.AddRange((await running.ReadAsync(cancellationToken)).Values.Where(statement => statement.Uptime is not null).Select(statement => (current, statement.Terms.Currency, statement.CreditAmount)));
        }

        return lines
            .GroupBy(line => (line.Month, line.Currency))
            .OrderBy(group => group.Key.Month).ThenBy(group => group.Key.Currency, StringComparer.Ordinal)
            .Select(group => new MonthCredit(group.Key.Month, group.Key.Currency, group.Count(), group.Count(line => line.Amount > 0), group.Sum(line => line.Amount)))
            .ToList();
    }
}
