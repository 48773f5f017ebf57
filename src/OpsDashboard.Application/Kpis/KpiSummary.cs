using OpsDashboard.Application.Kpis.Store;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Kpis;

/// <summary>A KPI as lists and the API show it. Shares are fractions.</summary>
public sealed record KpiSummary
{
    /// <summary>Periods in <see cref="Points"/>.</summary>
    public const int PointsShown = 13;

    public required string Id { get; init; }

    public required string Platform { get; init; }

    public required string Name { get; init; }

    public required string Group { get; init; }

    public required string Owner { get; init; }

    public required KpiCadence Cadence { get; init; }

    public required KpiUnit Unit { get; init; }

    public required IReadOnlyList<Clause> Clauses { get; init; }

    public required bool IsComputed { get; init; }

    public required KpiState State { get; init; }

    /// <summary>The target of today.</summary>
    public required KpiAim Aim { get; init; }

    /// <summary>The target the state follows from: that of its period's first day.</summary>
    public required KpiAim JudgedBy { get; init; }

    /// <summary>The period the state is of; null: nothing was ever handed in.</summary>
    public string? Period { get; init; }

    /// <summary>What is judged; null: missing, or no baseline.</summary>
    public decimal? Value { get; init; }

    public decimal? Measured { get; init; }

    /// <summary>What was judged a period before; null: nothing.</summary>
    public decimal? Before { get; init; }

    /// <summary>The newest 13 periods up to that of the state, oldest first; null where nothing was handed in.</summary>
    public required IReadOnlyList<decimal?> Points { get; init; }

    public KpiForecast? Forecast { get; init; }

    internal static KpiSummary Of(KpiSeries series)
    {
        var (kpi, latest) = (series.Definition, series.Latest);
        var until = latest is null ? -1 : series.Points.ToList().IndexOf(latest);
        return new KpiSummary
        {
            Id = kpi.Id,
            Platform = kpi.Platform,
            Name = kpi.Name,
            Group = kpi.Group,
            Owner = kpi.Owner,
            Cadence = kpi.Cadence,
            Unit = kpi.Unit,
            Clauses = kpi.Clauses,
            IsComputed = kpi.Computed is not null,
            State = series.State,
            Aim = series.Aim,
            JudgedBy = latest?.Aim ?? series.Aim,
            Period = latest?.Period.ToString(),
            Value = latest?.Value,
            Measured = latest?.Measured,
            Before = until > 0 ? series.Points[until - 1].Value : null,
            Points = [.. series.Points.Take(until + 1).TakeLast(PointsShown).Select(point => point.Value)],
            Forecast = series.Forecast,
        };
    }

    /// <summary>Far enough back for a list: thirteen periods, and twelve for the trend.</summary>
    internal static DateOnly Since(DateOnly today) => today.AddMonths(-43);
}
