using OpsDashboard.Application.Kpis;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Web.Ui;
using OpsDashboard.Web.Ui.Charts;

namespace OpsDashboard.Web.Kpis;

/// <summary>What the chart of a KPI shows: shares in percent, missing periods as gaps that say so.</summary>
internal static class KpiCharts
{
    private const int MostMarks = 12;

    public static ChartSpec? Values(KpiDetail kpi)
    {
        if (kpi.Points.All(point => point.Value is null && point.Measured is null))
        {
            return null;
        }

        var (unit, scale) = (kpi.Definition.Unit, kpi.Definition.Unit == KpiUnit.Ratio ? 100 : 1);
        var judged = kpi.Points.Any(point => point.Value is not null);
        var last = KpiPeriod.Of(kpi.Definition.Cadence, kpi.Points[^1].Start);
        var due = kpi.Summary.Forecast is { Value: not null } forecast ? forecast : null;
        var (from, to) = (Ms(kpi.Points[0].Start), Ms(due is { At: var at } && at > last.End ? at : last.End));
        return new ChartSpec
        {
            Kind = ChartKind.Line,
            Label = $"{kpi.Definition.Name} by {KpiText.Cadence(kpi.Definition.Cadence)}, {(judged ? $"against {KpiText.Target(kpi.Summary.Aim, unit)}" : "as measured")}; gaps are periods without a value.",
            From = from,
            To = to,
            Y = new ChartAxis(Unit: (judged ? unit : kpi.Definition.MeasuredIn) is var shown && shown is KpiUnit.Count or KpiUnit.YesNo ? null : $" {KpiText.Unit(shown)}"),
            Series = [.. Series(kpi, judged, scale, due, last)],
            Thresholds = kpi.Summary.Aim is { Limit: { } limit } && judged ? [.. Limits(limit, kpi.Summary.Aim.Upper, scale)] : [],
            Marks = [.. Marks(kpi, from, to)],
            Bands = [.. kpi.Points.Where(point => point is { Measured: null, IsOpen: false, IsAwaited: false }).TakeLast(MostMarks)
                .Select(point => new ChartBand(Ms(point.Start), Ms(KpiPeriod.Of(kpi.Definition.Cadence, point.Start).End), kpi.Definition.Computed is null ? "missing" : "nothing", Tone.None))],
        };
    }

    private static IEnumerable<ChartSeries> Series(KpiDetail kpi, bool judged, int scale, KpiForecast? forecast, KpiPeriod last)
    {
        yield return new ChartSeries(judged ? "Value" : "Measured", "1", [.. kpi.Points.Select(point => new ChartPoint(Ms(point.Start), Scaled(judged ? point.Value : point.Measured, scale)))]);
        if (forecast is not null && kpi.Points.LastOrDefault(point => point is { Value: not null, IsOpen: false }) is { } known)
        {
            yield return new ChartSeries("Trend", "before", [new(Ms(known.Start), Scaled(known.Value, scale)), new(Ms(forecast.At), Scaled(forecast.Value, scale))], Dashed: true);
        }
    }

    private static IEnumerable<ChartThreshold> Limits(decimal limit, decimal? upper, int scale)
    {
        yield return new ChartThreshold((double)(limit * scale), upper is null ? "target" : "from", Tone.Warn);
        if (upper is { } high)
        {
            yield return new ChartThreshold((double)(high * scale), "to", Tone.Warn);
        }
    }

    /// <summary>New targets, and corrections of what was told.</summary>
    private static IEnumerable<ChartMark> Marks(KpiDetail kpi, long from, long to) => kpi.Aims
        .Where(aim => aim.From is not null)
        .Select(aim => new ChartMark(Ms(aim.From!.Value), $"target: {KpiText.Target(aim.Aim, kpi.Definition.Unit)}", Tone.Info))
        .Concat(kpi.Entries.Where(entry => entry is { Number: > 1, IsCurrent: true }).Select(entry => new ChartMark(Start(kpi, entry), "corrected", Tone.Warn)))
        .Where(mark => mark.At >= from && mark.At <= to)
        .OrderBy(mark => mark.At)
        .TakeLast(MostMarks);

    private static long Start(KpiDetail kpi, KpiEntry entry) => KpiPeriod.TryParse(kpi.Definition.Cadence, entry.Period, out var period) ? Ms(period.Start) : 0;

    private static double? Scaled(decimal? value, int scale) => (double?)(value * scale);

    private static long Ms(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();
}
