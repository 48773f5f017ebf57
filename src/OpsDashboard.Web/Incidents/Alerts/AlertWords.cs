using System.Globalization;
using OpsDashboard.Application.Incidents.Alerts;
using OpsDashboard.Application.Incidents.Alerts.Silences;
using OpsDashboard.Domain.Incidents.Alerts;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Incidents.Alerts;

/// <summary>Alerts, silences and rules in words.</summary>
internal static class AlertWords
{
    public static string Of(AlertLevel level) => level switch
    {
        AlertLevel.Critical => "Critical",
        AlertLevel.High => "High",
        AlertLevel.Warning => "Warning",
        AlertLevel.Info => "Info",
    };

    /// <summary>1 to 4; 4 is the worst.</summary>
    public static int Strokes(AlertLevel level) => 4 - (int)level;

    public static string Of(AlertAction action) => action switch
    {
        AlertAction.Page => "pages",
        AlertAction.Notify => "notice only",
        AlertAction.Record => "recorded only",
    };

    public static string Of(AlertSource source) => source switch
    {
        AlertSource.Alertmanager => "Alertmanager",
        AlertSource.Api => "Alert API",
        AlertSource.BurnRate => "Burn rate",
        AlertSource.MetricRule => "Metric rule",
        AlertSource.Heartbeat => "Heartbeat",
        AlertSource.Clock => "Clock",
        AlertSource.Compliance => "Compliance",
    };

    public static (string Word, string Icon, Tone Tone) Of(MetricRuleState state, bool enabled) => (state, enabled) switch
    {
        (_, false) => ("Off", "circle-dashed", Tone.None),
        (MetricRuleState.NoData, _) => ("No data", "circle-dashed", Tone.None),
        (MetricRuleState.Fine, _) => ("Within limit", "circle-check", Tone.Ok),
        (MetricRuleState.Pending, _) => ("Pending", "clock", Tone.Warn),
        (MetricRuleState.Firing, _) => ("Firing", "octagon", Tone.Bad),
    };

    public static (string Word, string Icon, Tone Tone) Of(SilencePhase phase) => phase switch
    {
        SilencePhase.ToCome => ("To come", "clock", Tone.Info),
        SilencePhase.InForce => ("In force", "pause", Tone.Warn),
        SilencePhase.Ended => ("Ended", "circle-dashed", Tone.None),
    };

    /// <summary>As "above 5 % for more than 1 m, over 5 m".</summary>
    public static string Condition(MetricRule rule)
    {
        var unit = rule.Unit is null ? "" : $" {rule.Unit}";
        var side = rule.BreachedBelow ? "below" : "above";
        var what = rule.Measure switch
        {
            MetricMeasure.LatencyPercentile => string.Create(CultureInfo.InvariantCulture, $"p{rule.Percentile ?? 99} {side} {Number(rule.Limit)}{unit}"),
            MetricMeasure.Events => rule.Limit == 0 ? "any event" : string.Create(CultureInfo.InvariantCulture, $"{side} {Number(rule.Limit)} events"),
            _ => $"{side} {Number(rule.Limit)}{unit}",
        };
        var held = rule.ForMinutes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" for more than {rule.ForMinutes} m");
        return string.Create(CultureInfo.InvariantCulture, $"{what}{held}, over {rule.WindowMinutes} m");
    }

    public static string Value(MetricRule rule, decimal? value) =>
        value is { } measured ? $"{Number(measured)}{(rule.Unit is null ? "" : $" {rule.Unit}")}" : Numbers.None;

    public static string Number(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>As "5 m" or "2 h" or "30 s".</summary>
    public static string Span(int seconds) => seconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds} s"),
        _ => Numbers.Roughly(TimeSpan.FromSeconds(seconds)),
    };

    public static string Many(int count, string what) => count == 1 ? $"1 {what}" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}s");
}
