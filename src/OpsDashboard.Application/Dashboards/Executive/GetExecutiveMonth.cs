using MediatR;
using OpsDashboard.Application.Agreements.Statements;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Dashboards.Executive;

/// <summary>Compliance of a month and of the twelve before it.</summary>
/// <param name="Month">As 2026-11; null: the month under way.</param>
/// <param name="Platform">Null: all platforms.</param>
/// <param name="Service">As platform/service; null: all services.</param>
public sealed record GetExecutiveMonth(string? Month, string? Platform = null, string? Service = null) : IQuery<ExecutiveMonth>
{
    public static Access Access => Access.ReadReports;
}

internal sealed class GetExecutiveMonthHandler(SloMonths months, KpiMonths kpis, IDispatcher dispatcher, CallerContext caller, TimeProvider time) : IRequestHandler<GetExecutiveMonth, Outcome<ExecutiveMonth>>
{
    private const int MonthsShown = 13;

    public async Task<Outcome<ExecutiveMonth>> Handle(GetExecutiveMonth request, CancellationToken cancellationToken)
    {
        var current = YearMonth.Of(time.GetUtcNow());
        var month = current;
        if (request.Month is not null && !YearMonth.TryParse(request.Month, out month))
        {
            return Failure.Invalid("/month", "month.format", "A month is written as 2026-11.");
        }

        if (month > current)
        {
            return Failure.Invalid("/month", "month.future", "The month has not begun yet.");
        }

        var first = month.Plus(1 - MonthsShown);
        var results = (await months.ReadAsync(first, month, cancellationToken)).Where(result => Concerns(result, request)).ToList();
        var told = request.Service is null ? await kpis.ReadAsync(month, request.Platform, caller.Current.ScopeOf(GetExecutiveMonth.Access), cancellationToken) : [];
        var credits = request is { Platform: null, Service: null } ? await dispatcher.Send(new ListMonthCredits(first, month), cancellationToken) : null;
        return Compose(request, month, month < current, [.. Enumerable.Range(0, MonthsShown).Select(first.Plus)], results, told, credits?.Value ?? []);
    }

    private static bool Concerns(MonthResult result, GetExecutiveMonth request) =>
        (request.Platform is null || result.Definition.Platform == request.Platform)
        && (request.Service is null || $"{result.Definition.Platform}/{result.Definition.Service}" == request.Service);

    private static ExecutiveMonth Compose(
        GetExecutiveMonth request,
        YearMonth month,
        bool isOver,
        IReadOnlyList<YearMonth> shown,
        List<MonthResult> results,
        IReadOnlyList<KpiMonth> kpis,
        IReadOnlyList<MonthCredit> credits)
    {
        var byMonth = results.ToLookup(result => result.Month);
        var now = byMonth[month].ToList();
        var before = byMonth[month.Plus(-1)].ToList();
        var figures = Figures(now);
        var breaches = now.Where(result => result.IsBreached).OrderBy(result => result.RemainingRatio).ToList();
        var closed = now.Count > 0 && now.TrueForAll(result => result.IsClosed);
        var tally = ExecutiveBlocks.Tally(kpis);
        return new ExecutiveMonth
        {
            Month = month,
            IsClosed = closed,
            Months = shown,
            Summary = ExecutiveWords.Summary(month, closed, figures, before.Count == 0 ? null : Figures(before), breaches)
                + ExecutiveWords.Kpis(month, isOver, tally, kpis) + ExecutiveWords.Credits(month, [.. credits.Where(credit => credit.Month == month)]),
            Blocks = request.Service is null ? ExecutiveBlocks.Of(kpis, results, credits, shown) : [],
            Kpis = tally,
            Figures = figures,
            Before = before.Count == 0 ? null : Figures(before),
            Compliance = Rows(shown, results),
            WorstFive = [.. now.Where(result => result.IsJudged && result.RemainingRatio is not null).OrderBy(result => result.RemainingRatio).Take(5)],
            Breaches = [.. breaches.Select(result => new BreachSentence(result.Definition.Id, ExecutiveWords.Breach(result), result.Definition.Clauses is [var first, ..] ? first : null))],
        };
    }

    private static ExecutiveFigures Figures(List<MonthResult> results)
    {
        var measured = results.Where(result => result.IsJudged).ToList();
        var breached = measured.Count(result => result.IsBreached);
        var spent = measured
            .Where(result => result.RemainingRatio is not null)
            .Select(result => decimal.Clamp(1 - result.RemainingRatio!.Value, 0, 1))
            .ToList();
        return new ExecutiveFigures(measured.Count, measured.Count - breached, breached, spent.Count == 0 ? null : spent.Average());
    }

    private static List<ComplianceLine> Rows(IReadOnlyList<YearMonth> shown, List<MonthResult> results)
    {
        var rows = new List<ComplianceLine>();
        foreach (var platform in results.GroupBy(result => result.Definition.Platform, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            rows.Add(Row(platform.Key, null, shown, [.. platform]));
            rows.AddRange(platform
                .GroupBy(result => result.Definition.Service, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(service => Row(platform.Key, service.Key, shown, [.. service])));
        }

        return rows;
    }

    private static ComplianceLine Row(string platform, string? service, IReadOnlyList<YearMonth> shown, List<MonthResult> results)
    {
        var byMonth = results.ToLookup(result => result.Month);
        return new ComplianceLine(platform, service, [.. shown.Select(month => Cell(month, [.. byMonth[month]]))]);
    }

    private static ComplianceCell Cell(YearMonth month, List<MonthResult> results)
    {
        var figures = Figures(results);
        var state = figures.Measured == 0 ? SloState.NoData : figures.Breached > 0 ? SloState.Breached : SloState.Healthy;
        return new ComplianceCell(month, state, figures.Met, figures.Measured);
    }
}
