using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Agreements.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Months;

namespace OpsDashboard.Application.Agreements.Statements;

/// <summary>What a month came to for all agreements: as drawn up, or what it comes to so far. By customer and agreement.</summary>
/// <param name="Month">As 2026-11.</param>
public sealed record ListMonthStatements(string Month) : IQuery<IReadOnlyList<Statement>>
{
    public static Access Access => Access.ReadReports;
}

internal sealed class ListMonthStatementsHandler(OpsDbContext db, RunningStatements running, StatementDrafter drafter, TimeProvider time) : IRequestHandler<ListMonthStatements, Outcome<IReadOnlyList<Statement>>>
{
    public async Task<Outcome<IReadOnlyList<Statement>>> Handle(ListMonthStatements request, CancellationToken cancellationToken)
    {
        if (!YearMonth.TryParse(request.Month, out var month))
        {
            return Failure.Invalid("/month", "month.format", "A month is written as 2026-11.");
        }

        var statements = await ReadAsync(month, cancellationToken);
        return statements.OrderBy(one => one.Customer, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.AgreementId, StringComparer.Ordinal).ToList();
    }

    private async Task<IEnumerable<Statement>> ReadAsync(YearMonth month, CancellationToken cancellationToken)
    {
        var number = month.Number;
        var stored = await db.Set<StatementRow>().AsNoTracking()
            .Where(row => row.Month == number)
            .Where(row => row.Number == db.Set<StatementRow>().Where(other => other.AgreementId == row.AgreementId && other.Month == row.Month).Max(other => other.Number))
            .Select(row => row.Body)
            .ToListAsync(cancellationToken);
        if (stored.Count > 0)
        {
            return stored.Select(body => JsonSerializer.Deserialize<Statement>(body, StoreJson.Options)!);
        }

        var current = YearMonth.Of(time.GetUtcNow());
        return month > current ? []
            : month == current ? (await running.ReadAsync(cancellationToken)).Values
            : await drafter.DraftAsync(await db.ReadAgreementsAsync(null, cancellationToken), month, time.NowMs(), cancellationToken);
    }
}
