using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Agreements.Statements;
using OpsDashboard.Application.Agreements.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Agreements;

namespace OpsDashboard.Application.Agreements;

/// <summary>All agreements by customer, with what the month under way comes to so far.</summary>
/// <param name="CustomerId">Null: of all customers.</param>
public sealed record ListAgreements(string? CustomerId = null) : IQuery<IReadOnlyList<AgreementSummary>>
{
    public static Access Access => Access.ReadReports;
}

public sealed record AgreementSummary
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string CustomerId { get; init; }

    public required string Customer { get; init; }

    /// <summary>The terms of today, or those it will begin with.</summary>
    public required AgreementTerms Terms { get; init; }

    public required int Version { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Null: goes on.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>The month under way; null where it does not hold in it, or none of its objectives exists.</summary>
    public StatementBrief? Running { get; init; }

    /// <summary>The newest closed month; null: none yet.</summary>
    public StatementBrief? Last { get; init; }
}

/// <summary>A statement in one line.</summary>
public sealed record StatementBrief(string Month, int Number, StatementKind Kind, DateTimeOffset DrawnUpAt, decimal? Uptime, bool? Met, long DownSeconds, decimal CreditPercent, decimal CreditAmount, string Currency, StatementAhead? Ahead)
{
    internal static StatementBrief Of(Statement statement) => new(
        statement.Month,
        statement.Number,
        statement.Kind,
        statement.DrawnUpAt,
        statement.Uptime,
        statement.Met,
        statement.Seconds.Down,
        statement.CreditPercent,
        statement.CreditAmount,
        statement.Terms.Currency,
        statement.Ahead);

    /// <param name="target">Of the terms the month was judged by.</param>
    internal static StatementBrief Of(StatementRow row, decimal target) => new(
        Slos.Months.YearMonth.FromNumber(row.Month).ToString(),
        row.Number,
        row.Number == 1 ? StatementKind.Original : StatementKind.Correction,
        Instants.ToInstant(row.DrawnUpAtMs),
        row.Uptime,
        row.Uptime >= target,
        row.DownSeconds,
        row.CreditPercent,
        row.CreditAmount,
        row.Currency,
        null);
}

internal sealed class ListAgreementsHandler(OpsDbContext db, RunningStatements running, TimeProvider time) : IRequestHandler<ListAgreements, Outcome<IReadOnlyList<AgreementSummary>>>
{
    public async Task<Outcome<IReadOnlyList<AgreementSummary>>> Handle(ListAgreements request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var agreements = await db.ReadAgreementsAsync(null, cancellationToken);
        var open = await running.ReadAsync(cancellationToken);
        // Of each agreement only the newest month, and of that the newest number.
        var newest = (await db.Set<StatementRow>().AsNoTracking()
            .Where(row => row.Month == db.Set<StatementRow>().Where(other => other.AgreementId == row.AgreementId).Max(other => other.Month))
            .Select(row => new StatementRow
            {
                AgreementId = row.AgreementId,
                Month = row.Month,
                Number = row.Number,
                DrawnUpAtMs = row.DrawnUpAtMs,
                Uptime = row.Uptime,
                DownSeconds = row.DownSeconds,
                CreditPercent = row.CreditPercent,
                CreditAmount = row.CreditAmount,
                Currency = row.Currency,
                Body = "",
            })
            .ToListAsync(cancellationToken)).ToLookup(row => row.AgreementId, StringComparer.Ordinal);
        return agreements
            .Where(agreement => request.CustomerId is null || agreement.Customer.Id == request.CustomerId)
            .Select(agreement => Describe(agreement, open.GetValueOrDefault(agreement.Id), newest[agreement.Id].MaxBy(row => row.Number), now))
            .ToList();
    }

    internal static AgreementSummary Describe(StoredAgreement agreement, Statement? open, StatementRow? last, long nowMs) => new()
    {
        Id = agreement.Id,
        Name = agreement.Name,
        CustomerId = agreement.Customer.Id,
        Customer = agreement.Customer.Name,
        Terms = agreement.Current(nowMs).Terms,
        Version = agreement.Version,
        Since = Instants.ToInstant(agreement.Versions[0].EffectiveFromMs),
        EndsAt = agreement.EndsAtMs is { } end ? Instants.ToInstant(end) : null,
        Running = open is null ? null : StatementBrief.Of(open),
        Last = last is null ? null : StatementBrief.Of(last, agreement.InForce(Slos.Months.YearMonth.FromNumber(last.Month))?.Terms.Target ?? 0),
    };
}

/// <summary>One agreement with its versions and the statements of all closed months.</summary>
public sealed record GetAgreement(string Id) : IQuery<AgreementDetail>
{
    public static Access Access => Access.ReadReports;
}

/// <param name="Versions">Newest first.</param>
/// <param name="Statements">Newest month first, of each the newest number first.</param>
public sealed record AgreementDetail(AgreementSummary Agreement, IReadOnlyList<AgreementVersion> Versions, IReadOnlyList<StatementBrief> Statements);

/// <summary>Terms from an instant on.</summary>
public sealed record AgreementVersion(int Version, DateTimeOffset EffectiveFrom, AgreementTerms Terms, string Reason, string Author, DateTimeOffset CreatedAt);

internal sealed class GetAgreementHandler(OpsDbContext db, RunningStatements running, TimeProvider time) : IRequestHandler<GetAgreement, Outcome<AgreementDetail>>
{
    public async Task<Outcome<AgreementDetail>> Handle(GetAgreement request, CancellationToken cancellationToken)
    {
        if ((await db.ReadAgreementsAsync(request.Id, cancellationToken)).SingleOrDefault() is not { } agreement)
        {
            return Failure.NotFound($"The agreement \"{request.Id}\"");
        }

        var open = (await running.ReadAsync(cancellationToken)).GetValueOrDefault(agreement.Id);
        var rows = await db.Set<StatementRow>().AsNoTracking()
            .Where(row => row.AgreementId == agreement.Id)
            .OrderByDescending(row => row.Month).ThenByDescending(row => row.Number)
            .ToListAsync(cancellationToken);
        return new AgreementDetail(
            ListAgreementsHandler.Describe(agreement, open, rows.FirstOrDefault(), time.NowMs()),
            [.. agreement.Versions.Reverse().Select(version => new AgreementVersion(
                version.Version,
                Instants.ToInstant(version.EffectiveFromMs),
                version.Terms,
                version.Reason,
                version.Author,
                Instants.ToInstant(version.CreatedAtMs)))],
            rows.ConvertAll(row => StatementBrief.Of(row, agreement.InForce(Slos.Months.YearMonth.FromNumber(row.Month))?.Terms.Target ?? 0)));
    }
}
