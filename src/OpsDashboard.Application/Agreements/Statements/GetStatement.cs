using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Agreements.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Months;

namespace OpsDashboard.Application.Agreements.Statements;

/// <summary>The statement of a month: as it was drawn up once the month is closed, and what it comes to so far before.</summary>
/// <param name="Month">As 2026-11.</param>
/// <param name="Number">Null: the newest; 1: the original, from 2 on its corrections.</param>
public sealed record GetStatement(string AgreementId, string Month, int? Number = null) : IQuery<Statement>
{
    public static Access Access => Access.ReadReports;
}

internal sealed class GetStatementHandler(OpsDbContext db, RunningStatements running, StatementDrafter drafter, TimeProvider time) : IRequestHandler<GetStatement, Outcome<Statement>>
{
    public async Task<Outcome<Statement>> Handle(GetStatement request, CancellationToken cancellationToken)
    {
        if (!YearMonth.TryParse(request.Month, out var month))
        {
            return Failure.Invalid("/month", "month.format", "A month is written as 2026-11.");
        }

        var number = month.Number;
        var stored = await db.Set<StatementRow>().AsNoTracking()
            .Where(row => row.AgreementId == request.AgreementId && row.Month == number && (request.Number == null || row.Number == request.Number))
            .OrderByDescending(row => row.Number)
            .Select(row => row.Body)
            .FirstOrDefaultAsync(cancellationToken);
        if (stored is not null)
        {
            return JsonSerializer.Deserialize<Statement>(stored, StoreJson.Options)!;
        }

        var current = YearMonth.Of(time.GetUtcNow());
        if (request.Number is > 0 || month > current)
        {
            return Failure.NotFound($"Statement {request.AgreementId} {request.Month}");
        }

        var drafts = month == current
            ? (await running.ReadAsync(cancellationToken)).Values
            : await drafter.DraftAsync(await db.ReadAgreementsAsync(request.AgreementId, cancellationToken), month, time.NowMs(), cancellationToken);
        return drafts.FirstOrDefault(draft => draft.AgreementId == request.AgreementId) is { } draft
            ? draft
            : Failure.NotFound($"Statement {request.AgreementId} {request.Month}");
    }
}
