using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Testing;

/// <summary>Judged objectives as the evaluator writes them; change what matters with <c>with</c>.</summary>
public static class Statuses
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>99.962 % of a million requests against 99.95 %, rolling 30 days: 24 % of the budget left.</summary>
    public static SloStatus Of(string id, SloState state = SloState.Healthy, decimal? remainingRatio = 0.24m)
    {
        var parts = id.Split('/');
        return new SloStatus
        {
            Id = id,
            SliId = id,
            Name = parts[2],
            Platform = parts[0],
            Service = parts[1],
            Kind = SliKind.Latency,
            Target = 0.9995m,
            Window = SloWindow.RollingDays(30),
            BudgetingMethod = BudgetingMethod.Occurrences,
            State = state,
            Sli = 0.99962m,
            Good = 999_620,
            Total = 1_000_000,
            BadSeconds = 985,
            Coverage = 1m,
            ExcludedSeconds = 0,
            Budget = new BudgetStatus(500, 500 - (500 * (remainingRatio ?? 0)), 500 * (remainingRatio ?? 0), "events", remainingRatio),
            BurnRates = [new("1h", 0.8m), new("6h", 0.76m)],
            Alerts = [],
            Clauses = [new Clause("Service Level Agreements", "1.1", "99.95 % \"monthly\" <uptime>")],
            Spark = [0.9996m, 0.9991m, null, 0.9999m],
            WindowStart = Noon.AddDays(-30),
            EvaluatedAt = Noon,
            Version = 1,
        };
    }

    public static SloStatus WithoutData(string id) => Of(id, SloState.NoData, null) with
    {
        Sli = null,
        Good = 0,
        Total = 0,
        BadSeconds = 0,
        Coverage = 0,
        BurnRates = [new("1h", null), new("6h", null)],
        Spark = [],
    };
}
