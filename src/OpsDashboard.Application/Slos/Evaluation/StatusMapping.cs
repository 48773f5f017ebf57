using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Slos.Evaluation;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Slos.Evaluation;

/// <summary>From what the domain judged to what the API says.</summary>
internal static class StatusMapping
{
    public static SloStatus ToStatus(this SloEvaluation evaluation, Revision revision, long nowMs)
    {
        var slo = revision.Definition;
        return new SloStatus
        {
            Id = slo.Id,
            SliId = slo.SliId,
            Name = slo.Name,
            Platform = slo.Platform,
            Service = slo.Service,
            Tier = slo.Tier,
            Kind = slo.Kind,
            Target = slo.Target,
            Threshold = slo.Threshold,
            Unit = slo.Unit,
            Percentile = slo.Percentile,
            Window = slo.Window,
            BudgetingMethod = slo.Budgeting,
            State = evaluation.State,
            Sli = Rounded(evaluation.Sli),
            Good = evaluation.Good,
            Total = evaluation.Total,
            BadSeconds = (long)decimal.Round(evaluation.BadSeconds),
            Coverage = decimal.Round(evaluation.Coverage, 6),
            ExcludedSeconds = evaluation.ExcludedSeconds,
            Budget = new BudgetStatus(
                evaluation.Budget.Total,
                evaluation.Budget.Consumed,
                evaluation.Budget.Remaining,
                evaluation.Budget.Unit == BudgetUnit.Events ? "events" : "seconds",
                Rounded(evaluation.Budget.RemainingRatio)),
            BurnRates = [.. evaluation.BurnRates.Select(burn => new BurnRateStatus(WindowName(burn.WindowMinutes), Rounded(burn.Rate)))],
            ExhaustionAt = evaluation.ExhaustionAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            Alerts = [.. evaluation.Alerts.Select(ToStatus)],
            Clauses = slo.Clauses,
            Spark = [.. evaluation.Sparkline.Select(point => point is { } share ? decimal.Round(share, 6) : (decimal?)null)],
            WindowStart = AtMinute(evaluation.Window.Start),
            EvaluatedAt = DateTimeOffset.FromUnixTimeMilliseconds(nowMs),
            Version = revision.Version,
            LastSeenAt = evaluation.LastSeenMinute is { } seen ? AtMinute(seen) : null,
        };
    }

    /// <summary>As 5m, 1h, 3d where whole.</summary>
    public static string WindowName(int minutes) =>
        minutes % TimeIndex.MinutesPerHour == 0
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{minutes / TimeIndex.MinutesPerHour}h")
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{minutes}m");

    public static string RuleName(BurnAlertRule rule) => $"{WindowName(rule.LongWindowMinutes)}/{WindowName(rule.ShortWindowMinutes)}";

    /// <summary>The rule an alert was opened by, which its objective may have no longer.</summary>
    public static BurnAlertRule RuleOf(BurnAlertRow row)
    {
        var windows = row.Rule.Split('/').Select(Minutes).ToArray();
        return new BurnAlertRule(row.Severity, windows[0], windows[1], row.Threshold);

        static int Minutes(string window) =>
            int.Parse(window[..^1], System.Globalization.CultureInfo.InvariantCulture) * (window[^1] == 'h' ? TimeIndex.MinutesPerHour : 1);
    }

    private static BurnAlertStatus ToStatus(BurnAlert alert) => new(
        alert.Rule.Severity,
        WindowName(alert.Rule.LongWindowMinutes),
        WindowName(alert.Rule.ShortWindowMinutes),
        alert.Rule.Threshold,
        alert.Firing,
        alert.SinceMinute is { } since ? AtMinute(since) : null);

    private static DateTimeOffset AtMinute(int minute) => DateTimeOffset.FromUnixTimeSeconds(minute * 60L);

    // Twelve digits tell eleven nines apart; the verdict was reached on the exact counts before.
    private static decimal? Rounded(decimal? value) => value is { } number ? decimal.Round(number, 12) : null;
}
