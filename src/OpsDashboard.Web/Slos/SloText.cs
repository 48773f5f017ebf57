using System.Globalization;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Slos;

/// <summary>Objectives in words.</summary>
internal static class SloText
{
    public static StateKind Shown(SloState state) => state switch
    {
        SloState.Healthy => StateKind.Healthy,
        SloState.AtRisk => StateKind.AtRisk,
        SloState.Breached => StateKind.Breached,
        SloState.NoData => StateKind.NoData,
    };

    /// <summary>What the objective counts, in the plural.</summary>
    public static string Noun(SliKind kind, BudgetingMethod method) => method switch
    {
        BudgetingMethod.Timeslices => "minutes",
        BudgetingMethod.RatioTimeslices => "minutes",
        BudgetingMethod.Occurrences => kind switch
        {
            SliKind.Latency => "requests",
            SliKind.Job => "jobs",
            SliKind.Value or SliKind.Freshness => "minutes",
            SliKind.Ratio => "events",
        },
    };

    /// <summary>When a thing counted is good: "answered in under 200 ms".</summary>
    public static string Good(SliKind kind, Threshold? threshold, string? unit) => kind switch
    {
        SliKind.Latency => $"took {Limit(threshold, "ms")}",
        SliKind.Value => $"had a mean of {Limit(threshold, unit)}",
        SliKind.Freshness => $"had data {Limit(threshold, "s")} old",
        SliKind.Job => "succeeded",
        SliKind.Ratio => "were good",
    };

    public static string Limit(Threshold? threshold, string? unit) => threshold is null
        ? "any length"
        : $"{TermField.Sign(threshold.Op)} {Numbers.Measured(threshold.Limit, unit)}";

    public static string Window(SloWindow window) => window.Kind == WindowKind.Calendar
        ? $"this calendar {Unit(window.Unit)} (UTC)"
        : string.Create(CultureInfo.InvariantCulture, $"the last {window.Count} {Unit(window.Unit)}{(window.Count == 1 ? "" : "s")}");

    /// <summary>What the target asks, in one sentence.</summary>
    public static string Promise(SloDefinition slo) =>
        $"{Numbers.Target(slo.Target)} of {Noun(slo.Kind, slo.Budgeting)} {GoodOf(slo)} over {Window(slo.Window)}";

    /// <summary>A budget's amount: time in minutes and seconds, events as counts.</summary>
    public static string Amount(decimal amount, string unit) => unit == "seconds"
        ? Numbers.Duration((long)decimal.Truncate(amount))
        : Numbers.Count((long)decimal.Floor(amount));

    /// <summary>What is left of how much, in the budget's unit.</summary>
    public static string Budget(BudgetStatus budget, string noun) => budget.Unit == "seconds"
        ? Numbers.BudgetOfTime(budget.Remaining, budget.Total)
        : Numbers.BudgetOfEvents(budget.Remaining, budget.Total, noun);

    public static string Span(int minutes) => minutes switch
    {
        >= 1440 when minutes % 1440 == 0 => string.Create(CultureInfo.InvariantCulture, $"{minutes / 1440} d"),
        >= 60 when minutes % 60 == 0 => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{minutes} min"),
    };

    public static string Severity(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Page => "Page",
        AlertSeverity.Ticket => "Ticket",
    };

    private static string GoodOf(SloDefinition slo) => slo.Budgeting switch
    {
        BudgetingMethod.Timeslices when slo.Kind is SliKind.Ratio or SliKind.Job or SliKind.Latency =>
            $"are up, as at least {TermField.Percent(slo.TimeSliceTarget ?? 1m)} in them {Good(slo.Kind, slo.Threshold, slo.Unit)},",
        _ => Good(slo.Kind, slo.Threshold, slo.Unit),
    };

    private static string Unit(WindowUnit unit) => unit.ToString().ToLowerInvariant();
}
