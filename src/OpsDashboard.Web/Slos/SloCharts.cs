using OpsDashboard.Application.Slos.Detail;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Application.Slos.Series;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Web.Ui;
using OpsDashboard.Web.Ui.Charts;

namespace OpsDashboard.Web.Slos;

/// <summary>What the charts of an objective show.</summary>
internal static class SloCharts
{
    public const string LeftName = "Budget left";
    public const string SliName = "SLI";
    public const string MeanName = "Mean";

    private const int MostMarks = 12;

    /// <summary>The percentiles by the names of their lines; the one the clause speaks of is drawn first.</summary>
    public static IReadOnlyList<(string Name, Func<SloPoint, decimal?> Of)> Percentiles { get; } =
        [("p50", point => point.P50Ms), ("p95", point => point.P95Ms), ("p99", point => point.P99Ms)];

    public static ChartSpec BurnDown(BudgetBurnDown burnDown, SloDetail detail, IReadOnlyList<SloVersion> versions)
    {
        var (from, to) = (Ms(burnDown.WindowStart), Ms(burnDown.WindowEnd));
        var lowest = burnDown.Points.Count == 0 ? 0m : burnDown.Points.Min(point => point.RemainingRatio);
        var marks = detail.BurnAlerts
            .Where(alert => Ms(alert.Since) >= from)
            .Take(MostMarks)
            .Select(alert => new ChartMark(Ms(alert.Since), $"{alert.Rule} {SloText.Severity(alert.Severity).ToLowerInvariant()}", alert.Severity == AlertSeverity.Page ? Tone.Bad : Tone.Warn))
            .Concat(versions.Where(version => Ms(version.EffectiveFrom) > from && Ms(version.EffectiveFrom) < to && version.Version > 1)
                .Take(MostMarks)
                .Select(version => new ChartMark(Ms(version.EffectiveFrom), $"v{version.Version}", Tone.Info)));
        return new ChartSpec
        {
            Kind = ChartKind.Line,
            Label = $"Error budget left over the window, in percent; now {Numbers.BudgetLeft(burnDown.Points.Count == 0 ? null : burnDown.Points[^1].RemainingRatio)}.",
            From = from,
            To = to,
            Y = new ChartAxis(lowest < 0 ? Math.Floor((double)lowest * 10) * 10 : 0, 100, "%", 0),
            Series =
            [
                new(LeftName, "1", [.. burnDown.Points.Select(point => new ChartPoint(Ms(point.At), (double)point.RemainingRatio * 100))]),
                new("Even pace", "before", [new(from, 100), new(to, 0)], Dashed: true),
            ],
            Thresholds = [new(0, "spent", Tone.Bad)],
            Marks = [.. marks.OrderBy(mark => mark.At)],
            Bands = [.. Bands(detail, from, to)],
        };
    }

    public static ChartSpec Sli(SloSeries series, SloDetail detail, SloRange range)
    {
        var target = (double)series.Target * 100;
        var lowest = Math.Min(target, series.Points.Min(point => (double?)point.Sli * 100) ?? target);
        var (from, to) = (Ms(series.From), Ms(series.To));
        return new ChartSpec
        {
            Kind = ChartKind.Line,
            Label = $"Share that was good over {range.Word}, in percent, against the target of {Numbers.Target(series.Target)}.",
            From = from,
            To = to,
            Y = new ChartAxis(Math.Max(0, lowest - ((100 - lowest) * 0.15)), 100, "%", Digits(series.Target)),
            Series = [new(SliName, "1", [.. series.Points.Select(SliPoint)])],
            Thresholds = [new(target, $"target {Numbers.Target(series.Target)}", Tone.Warn)],
            Bands = [.. Bands(detail, from, to)],
        };
    }

    /// <summary>Durations of a latency objective, readings of a gauge; null where only good and bad are counted.</summary>
    public static ChartSpec? Measured(SloSeries series, SloDefinition slo, SloRange range)
    {
        if (slo.Threshold is not { } threshold)
        {
            return null;
        }

        var isLatency = slo.Kind == SliKind.Latency;
        return new ChartSpec
        {
            Kind = ChartKind.Line,
            Label = isLatency
                ? $"Latency percentiles over {range.Word}, in milliseconds, against the limit of {Numbers.Milliseconds(threshold.Limit)}."
                : $"Mean reading over {range.Word}, against the limit of {SloText.Limit(threshold, slo.Unit)}.",
            From = Ms(series.From),
            To = Ms(series.To),
            Y = new ChartAxis(isLatency ? 0 : null, null, isLatency ? "ms" : slo.Unit, null),
            Series = isLatency
                ? [.. Percentiles.Select((one, index) => new ChartSeries(one.Name, (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), [.. series.Points.Select(point => new ChartPoint(Ms(point.At), (double?)one.Of(point)))]))]
                : [new(MeanName, "1", [.. series.Points.Select(point => new ChartPoint(Ms(point.At), (double?)point.Mean))])],
            Thresholds = [new((double)threshold.Limit, $"limit {SloText.Limit(threshold, isLatency ? "ms" : slo.Unit)}", Tone.Warn)],
        };
    }

    public static IReadOnlyList<ChartDelta> SliDelta(IReadOnlyList<SloPoint> points) => [new(SliName, [.. points.Select(SliPoint)])];

    public static IReadOnlyList<ChartDelta> MeasuredDelta(IReadOnlyList<SloPoint> points, SloDefinition slo) => slo.Kind == SliKind.Latency
        ? [.. Percentiles.Select(one => new ChartDelta(one.Name, [.. points.Select(point => new ChartPoint(Ms(point.At), (double?)one.Of(point)))]))]
        : [new(MeanName, [.. points.Select(point => new ChartPoint(Ms(point.At), (double?)point.Mean))])];

    public static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private static ChartPoint SliPoint(SloPoint point) => new(Ms(point.At), (double?)point.Sli * 100);

    private static IEnumerable<ChartBand> Bands(SloDetail detail, long from, long to) => detail.Maintenance
        .Where(window => Ms(window.End) > from && Ms(window.Start) < to)
        .TakeLast(MostMarks)
        .Select(window => new ChartBand(Math.Max(from, Ms(window.Start)), Math.Min(to, Ms(window.End)), null, Tone.Info));

    // As many as the target has, and one more.
    private static int Digits(decimal target)
    {
        var percent = target * 100;
        var digits = 0;
        while (digits < 8 && decimal.Round(percent, digits) != percent)
        {
            digits++;
        }

        return digits + 1;
    }
}
