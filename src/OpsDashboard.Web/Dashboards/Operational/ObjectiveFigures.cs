using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Dashboards.Operational;

/// <summary>The figures of one status in words, the same in rows, tiles and reasons.</summary>
internal static class ObjectiveFigures
{
    /// <summary>Below it a row says how much was seen.</summary>
    private const decimal FullCoverage = 0.99m;

    private const string Seconds = "seconds";

    public static string Sli(this SloStatus status) => Numbers.Availability(status.Sli, status.Target);

    /// <summary>"Burning" while an alert fires, for what is at risk.</summary>
    public static string? StateWord(this SloStatus status) =>
        status.State == SloState.AtRisk && status.Alerts.Any(alert => alert.Firing) ? "Burning" : null;

    /// <summary>What is left in time or in events: "−12 m 38 s", "1,080 requests".</summary>
    public static string? BudgetAmount(this SloStatus status) => status switch
    {
        { Budget.RemainingRatio: null } => null,
        { Budget.Unit: Seconds } => Numbers.Duration((long)Math.Floor(status.Budget.Remaining)),
        _ => $"{Numbers.Count((long)Math.Floor(status.Budget.Remaining))} {status.Events()}",
    };

    /// <summary>The same with what there was: "31 m 04 s of 43 m 12 s".</summary>
    public static string BudgetOfTotal(this SloStatus status) => status.Budget.Unit == Seconds
        ? Numbers.BudgetOfTime(status.Budget.Remaining, status.Budget.Total)
        : Numbers.BudgetOfEvents(status.Budget.Remaining, status.Budget.Total, status.Events());

    /// <summary>An amount in the budget's own unit.</summary>
    public static string Amount(this SloStatus status, decimal amount) => status.Budget.Unit == Seconds
        ? Numbers.Duration((long)Math.Floor(amount))
        : $"{Numbers.Count((long)Math.Floor(amount))} {status.Events()}";

    /// <summary>What the objective counts, in the plural.</summary>
    public static string Events(this SloStatus status) => status.Kind switch
    {
        SliKind.Latency => status.Unit is null or "ms" ? "requests" : "events",
        SliKind.Job => "jobs",
        SliKind.Value or SliKind.Freshness => "minutes",
        SliKind.Ratio => status.Unit is null or "" or "percent" or "%" or "ms" or "s" ? "events" : status.Unit,
    };

    public static decimal? Burn(this SloStatus status, string window)
    {
        foreach (var burn in status.BurnRates)
        {
            if (burn.Window == window)
            {
                return burn.Rate;
            }
        }

        return null;
    }

    /// <summary>A burn alert whose long window this is fires.</summary>
    public static bool Fires(this SloStatus status, string window) => status.Alerts.Any(alert => alert.Firing && alert.Long == window);

    /// <summary>How long the budget lasts at the present rate; the dash where it does not burn or is spent.</summary>
    public static string EmptyIn(this SloStatus status) =>
        status.ExhaustionAt is { } at && status.Budget.Remaining > 0 ? Numbers.Roughly(at - status.EvaluatedAt) : Numbers.None;

    /// <summary>Null while practically everything was seen.</summary>
    public static string? ShortCoverage(this SloStatus status) =>
        status.Coverage < FullCoverage && status.Total > 0 ? Numbers.Share(status.Coverage, 0) : null;

    public static IReadOnlyList<double?> SparkPoints(this SloStatus status) => [.. status.Spark.Select(point => (double?)point)];

    public static string SparkLabel(this SloStatus status)
    {
        var seen = status.Spark.OfType<decimal>().ToList();
        return seen.Count == 0
            ? $"{status.WindowWords()}, no data"
            : $"{status.WindowWords()}, lowest {Numbers.Availability(seen.Min(), status.Target)}";
    }

    public static string WindowWords(this SloStatus status)
    {
        var unit = status.Window.Unit switch
        {
            WindowUnit.Hour => "hour",
            WindowUnit.Day => "day",
            WindowUnit.Week => "week",
            WindowUnit.Month => "month",
            WindowUnit.Quarter => "quarter",
            WindowUnit.Year => "year",
        };
        return status.Window switch
        {
            { Kind: WindowKind.Calendar, Count: 1 } => $"this {unit}",
            { Count: 1 } => $"last {unit}",
            { Count: var count } => FormattableString.Invariant($"last {count} {unit}s"),
        };
    }

    public static string Where(this SloStatus status) => status.Tier is null ? status.Platform : $"{status.Platform} · {status.Tier}";

    public static string Href(this SloStatus status) => $"/slos/{status.Id}";

    public static string Symbol(this Comparison op) => op switch
    {
        Comparison.LessThan => "<",
        Comparison.LessOrEqual => "≤",
        Comparison.GreaterThan => ">",
        Comparison.GreaterOrEqual => "≥",
    };
}
