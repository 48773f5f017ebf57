using MediatR;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Agreements.Statements;

/// <summary>What the month under way earns customers, and how much downtime is left before it earns them more; the most urgent first.</summary>
/// <param name="Slos">Null: all agreements; else those that bind one of these objectives.</param>
public sealed record ListCreditOutlook(IReadOnlyCollection<string>? Slos = null) : IQuery<CreditOutlook>
{
    public static Access Access => Access.ReadReports;
}

/// <param name="Lines">Of agreements with a credit table.</param>
/// <param name="Earned">What the month comes to as it stands, by currency.</param>
public sealed record CreditOutlook(string Month, IReadOnlyList<CreditLine> Lines, IReadOnlyList<MoneySum> Earned);

/// <summary>Money of one currency.</summary>
public sealed record MoneySum(decimal Amount, string Currency);

/// <param name="CreditPercent">As the month stands.</param>
/// <param name="Ahead">Null: nothing worse is left.</param>
/// <param name="Slos">What it binds.</param>
public sealed record CreditLine(string AgreementId, string Agreement, string Customer, decimal? Uptime, decimal Target, decimal CreditPercent, decimal CreditAmount, string Currency, StatementAhead? Ahead, IReadOnlyList<string> Slos);

internal sealed class ListCreditOutlookHandler(RunningStatements running, TimeProvider time) : IRequestHandler<ListCreditOutlook, Outcome<CreditOutlook>>
{
    public async Task<Outcome<CreditOutlook>> Handle(ListCreditOutlook request, CancellationToken cancellationToken)
    {
        var open = (await running.ReadAsync(cancellationToken)).Values
            .Where(statement => statement.Terms.Credits.Count > 0 && statement.Uptime is not null)
            .Where(statement => request.Slos is null || statement.Terms.Slos.Any(request.Slos.Contains))
            .ToList();
        var lines = open
            .OrderByDescending(statement => statement.CreditAmount)
            .ThenBy(statement => statement.Ahead?.SecondsLeft ?? long.MaxValue)
            .ThenByDescending(statement => statement.Ahead?.CreditAmount ?? 0)
            .ThenBy(statement => statement.AgreementId, StringComparer.Ordinal)
            .Select(Describe)
            .ToList();
        var earned = lines.Where(line => line.CreditAmount > 0)
            .GroupBy(line => line.Currency, StringComparer.Ordinal)
            .Select(group => new MoneySum(group.Sum(line => line.CreditAmount), group.Key))
            .OrderBy(sum => sum.Currency, StringComparer.Ordinal)
            .ToList();
        return new CreditOutlook(Slos.Months.YearMonth.Of(time.GetUtcNow()).ToString(), lines, earned);
    }

    private static CreditLine Describe(Statement statement) => new(
        statement.AgreementId,
        statement.Agreement,
        statement.Customer,
        statement.Uptime,
        statement.Terms.Target,
        statement.CreditPercent,
        statement.CreditAmount,
        statement.Terms.Currency,
        statement.Ahead,
        statement.Terms.Slos);
}
