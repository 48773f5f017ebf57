using OpsDashboard.Application.Kpis.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Domain.Kpis;

namespace OpsDashboard.Application.Kpis;

/// <summary>A KPI as a month left it.</summary>
/// <param name="Aim">By which the month is judged.</param>
/// <param name="Value">What is judged; null: missing, still awaited, or no baseline.</param>
/// <param name="Period">Of the value; null: none.</param>
/// <param name="IsOpen">Its period still runs.</param>
/// <param name="IsAwaited">Its period has ended, and its value may still be on its way.</param>
/// <param name="Before">A month before.</param>
/// <param name="YearBefore">Twelve months before.</param>
/// <param name="Points">Thirteen months, oldest first.</param>
/// <param name="StateBefore">A month before.</param>
public sealed record KpiMonth(
    KpiDefinition Definition,
    KpiAim Aim,
    KpiState State,
    decimal? Value,
    decimal? Measured,
    string? Period,
    bool IsOpen,
    bool IsAwaited,
    decimal? Before,
    decimal? YearBefore,
    IReadOnlyList<decimal?> Points,
    KpiState StateBefore,
    KpiForecast? Forecast)
{
    /// <summary>Nothing was ever handed in for it.</summary>
    public bool IsNeverTold => Period is null && !IsAwaited && Points.All(point => point is null);
}

/// <summary>All KPIs by month, for those who report.</summary>
public sealed class KpiMonths
{
    private const int MonthsShown = 13;

    private readonly OpsDbContext db;
    private readonly TimeProvider time;

    internal KpiMonths(OpsDbContext db, TimeProvider time) => (this.db, this.time) = (db, time);

    /// <summary>In the order of the contracts. A month that runs is told as it stands.</summary>
    /// <param name="platform">Null: all that the reader reaches.</param>
    public async Task<IReadOnlyList<KpiMonth>> ReadAsync(YearMonth month, string? platform, Scope reach, CancellationToken cancellationToken)
    {
        var today = time.Today();
        var first = DateOnly.FromDateTime(month.Plus(-(2 * MonthsShown)).Start.UtcDateTime);
        var kpis = await db.ReadKpisAsync(null, platform, first, cancellationToken);
        return kpis.FindAll(kpi => reach.Covers(kpi.Row.Platform)).ConvertAll(kpi => Read(kpi.Series(today), month, today));
    }

    private static KpiMonth Read(KpiSeries series, YearMonth month, DateOnly today)
    {
        var point = In(series, month, today);
        var before = In(series, month.Plus(-1), today);
        return new KpiMonth(
            series.Definition,
            point?.Aim ?? series.Aim,
            point is null ? series.Without : series.StateOf(point),
            point?.Value,
            point?.Measured,
            point?.Measured is null ? null : point.Period.ToString(),
            point is { IsOpen: true },
            point?.Measured is null && series.Points.Count > 0 && (month.End.UtcDateTime > today.ToDateTime(TimeOnly.MinValue) || series.Points.Any(one => one.IsAwaited && Belongs(one, month))),
            before?.Value,
            In(series, month.Plus(-12), today)?.Value,
            [.. Enumerable.Range(1 - MonthsShown, MonthsShown).Select(offset => In(series, month.Plus(offset), today)?.Value)],
            before is null ? series.Without : series.StateOf(before),
            series.Forecast);
    }

    /// <summary>The newest period that ended in the month, of a quarter that of the last two months too; while the month runs, what there is so far.</summary>
    private static KpiPoint? In(KpiSeries series, YearMonth month, DateOnly today)
    {
        var end = DateOnly.FromDateTime(month.End.UtcDateTime);
        var running = end > today;
        return series.Points.LastOrDefault(point => Belongs(point, month) && point.Measured is not null && (running || !point.IsOpen))
            ?? series.Points.LastOrDefault(point => Belongs(point, month) && point.IsMissing);
    }

    private static bool Belongs(KpiPoint point, YearMonth month)
    {
        var (start, end) = (DateOnly.FromDateTime(month.Start.UtcDateTime), DateOnly.FromDateTime(month.End.UtcDateTime));
        var from = point.Period.Cadence == KpiCadence.Quarterly ? start.AddMonths(-2) : start;
        return (point.Period.End > from && point.Period.End <= end) || (point.IsOpen && point.Period.Start < end && point.Period.End > start);
    }
}
