using OpsDashboard.Application.Agreements.Statements;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Dashboards.Executive;

/// <summary>One of the four blocks the contract asks for.</summary>
/// <param name="Asked">Its words.</param>
public sealed record ExecutiveBlock(KpiBlock Block, string Title, string Asked, IReadOnlyList<ExecutiveFigure> Figures);

/// <summary>A figure of a month with what it is compared with.</summary>
public sealed record ExecutiveFigure
{
    public required string Name { get; init; }

    /// <summary>Null: of all platforms.</summary>
    public string? Platform { get; init; }

    public required KpiUnit Unit { get; init; }

    public required KpiAim Aim { get; init; }

    public required KpiState State { get; init; }

    /// <summary>Null: missing, awaited, or no baseline; never a stand-in for zero.</summary>
    public decimal? Value { get; init; }

    /// <summary>The month before.</summary>
    public decimal? Before { get; init; }

    /// <summary>Twelve months before.</summary>
    public decimal? YearBefore { get; init; }

    /// <summary>Thirteen months, oldest first.</summary>
    public required IReadOnlyList<decimal?> Points { get; init; }

    /// <summary>Of the value, where it is not the month itself.</summary>
    public string? Period { get; init; }

    public bool IsOpen { get; init; }

    /// <summary>It may still be on its way.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Where its evidence stands.</summary>
    public required string Href { get; init; }
}

/// <summary>How the KPIs of a month came out.</summary>
/// <param name="Missing">A value was due and is not there.</param>
/// <param name="Awaited">It may still come.</param>
/// <param name="NeverTold">Nobody ever handed anything in.</param>
/// <param name="Unjudged">Without a target or a baseline, or with nothing to measure.</param>
public sealed record KpiTally(int All, int OnTarget, int AtRisk, int Missed, int Missing, int Awaited, int NeverTold, int Unjudged);

/// <summary>Makes the four blocks.</summary>
internal static class ExecutiveBlocks
{
    private static readonly IReadOnlyList<(KpiBlock Block, string Title, string Asked)> Blocks =
    [
        (KpiBlock.Business, "High-level KPIs", "Monthly business impact and ROI metrics"),
        (KpiBlock.Strategic, "Strategic metrics", "Platform adoption and competitive position"),
        (KpiBlock.Risk, "Risk indicators", "Compliance status and critical issues"),
        (KpiBlock.Investment, "Investment tracking", "Budget utilization and resource allocation"),
    ];

    public static IReadOnlyList<ExecutiveBlock> Of(IReadOnlyList<KpiMonth> kpis, IReadOnlyList<MonthResult> results, IReadOnlyList<MonthCredit> credits, IReadOnlyList<YearMonth> months) =>
        [.. Blocks.Select(block => new ExecutiveBlock(
            block.Block,
            block.Title,
            block.Asked,
            [
                .. block.Block == KpiBlock.Risk ? Own(results, credits, months) : [],
                .. kpis.Where(kpi => kpi.Definition.Block == block.Block && !kpi.IsNeverTold).Select(Of),
            ]))];

    public static KpiTally Tally(IReadOnlyList<KpiMonth> kpis)
    {
        var never = kpis.Count(kpi => kpi.IsNeverTold);
        var awaited = kpis.Count(kpi => kpi.IsAwaited);
        int Count(KpiState state) => kpis.Count(kpi => kpi.State == state && kpi is { IsNeverTold: false, IsAwaited: false });
        return new KpiTally(
            kpis.Count, Count(KpiState.OnTarget), Count(KpiState.AtRisk), Count(KpiState.Missed), Count(KpiState.Missing), awaited, never, Count(KpiState.NoTarget) + Count(KpiState.NoBaseline) + Count(KpiState.Nothing));
    }

    private static ExecutiveFigure Of(KpiMonth kpi) => new()
    {
        Name = kpi.Definition.Name,
        Platform = kpi.Definition.Platform,
        Unit = kpi.Definition.Unit,
        Aim = kpi.Aim,
        State = kpi.State,
        Value = kpi.Value,
        Before = kpi.Before,
        YearBefore = kpi.YearBefore,
        Points = kpi.Points,
        Period = kpi.Definition.Cadence == KpiCadence.Monthly ? null : kpi.Period,
        IsOpen = kpi.IsOpen,
        IsAwaited = kpi.IsAwaited,
        Href = $"/kpis/{kpi.Definition.Id}",
    };

    /// <summary>What the product knows without any KPI.</summary>
    private static IEnumerable<ExecutiveFigure> Own(IReadOnlyList<MonthResult> results, IReadOnlyList<MonthCredit> credits, IReadOnlyList<YearMonth> months)
    {
        var month = months[^1];
        var judged = results.Where(result => result.IsJudged).ToLookup(result => result.Month);
        if (judged.Count > 0)
        {
            var kept = months.Select(one => judged[one].Any() ? (decimal?)judged[one].Count(result => !result.IsBreached) / judged[one].Count() : null).ToList();
            var spent = months.Select(one => judged[one].Any() ? (decimal?)judged[one].Count(result => result.IsBreached) : null).ToList();
            yield return Own("Objectives within budget", KpiUnit.Ratio, new KpiAim(Comparison.GreaterOrEqual, 1), kept, $"/executive?month={month}#compliance-head");
            yield return Own("Budgets exhausted", KpiUnit.Count, new KpiAim(Comparison.LessOrEqual, 0), spent, $"/executive?month={month}#breaches-head");
        }

        if (credits.Count > 0)
        {
            var dollars = months.Select(one => credits.Any(credit => credit.Month == one && credit.Currency == "USD") ? (decimal?)credits.Where(credit => credit.Month == one && credit.Currency == "USD").Sum(credit => credit.Amount) : null).ToList();
            yield return Own("Service credits", KpiUnit.Usd, new KpiAim(Comparison.LessOrEqual, 0), dollars, "/agreements");
        }
    }

    private static ExecutiveFigure Own(string name, KpiUnit unit, KpiAim aim, IReadOnlyList<decimal?> points, string href) => new()
    {
        Name = name,
        Unit = unit,
        Aim = aim,
        State = points[^1] is { } value ? aim.IsMetBy(value) == true ? KpiState.OnTarget : KpiState.Missed : KpiState.Missing,
        Value = points[^1],
        Before = points[^2],
        YearBefore = points[0],
        Points = points,
        Href = href,
    };
}
