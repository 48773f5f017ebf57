namespace OpsDashboard.Domain.Kpis;

/// <summary>A stored value.</summary>
/// <param name="IsOpen">Of a period that still runs: it will change.</param>
public readonly record struct KpiMeasured(DateOnly Start, decimal Value, bool IsOpen = false);

/// <summary>A target with the day it holds from.</summary>
public sealed record KpiAimVersion(DateOnly From, KpiAim Aim);

/// <summary>One period of a KPI.</summary>
/// <param name="Measured">Null: nothing was handed in.</param>
/// <param name="Value">What is judged; null as <paramref name="Measured"/>, or without a baseline.</param>
/// <param name="IsOpen">The period still runs.</param>
/// <param name="IsAwaited">It has ended, and its value may still be on its way.</param>
public sealed record KpiPoint(KpiPeriod Period, decimal? Measured, decimal? Value, KpiAim Aim, bool IsOpen, bool IsAwaited)
{
    public bool IsMissing => Measured is null && !IsOpen && !IsAwaited;
}

/// <summary>A KPI's periods without a hole: where nothing was handed in stands a period that says so.</summary>
public sealed class KpiSeries
{
    /// <summary>A series is told for at most so many periods.</summary>
    public const int MostPeriods = 1_200;

    private KpiSeries(KpiDefinition definition, IReadOnlyList<KpiPoint> points, KpiAim aim)
    {
        (Definition, Points, Aim) = (definition, points, aim);
        Latest = points.LastOrDefault(point => !point.IsOpen && (point.Measured is not null || point.IsMissing))
            ?? points.LastOrDefault(point => point.Measured is not null);
        Forecast = KpiForecast.Of([.. points.Where(point => point is { IsOpen: false, Value: not null }).Select(point => (point.Period, point.Value!.Value))], aim);
    }

    public KpiDefinition Definition { get; }

    /// <summary>Ascending, from the first value on to the last one or the last that is due.</summary>
    public IReadOnlyList<KpiPoint> Points { get; }

    /// <summary>The target of the day.</summary>
    public KpiAim Aim { get; }

    /// <summary>The newest period that has a value or should have one; a running one only where there is no other. Null: nothing ever was handed in.</summary>
    public KpiPoint? Latest { get; }

    public KpiForecast? Forecast { get; }

    public KpiState State => Latest is { } latest ? StateOf(latest) : Without;

    /// <summary>What a period without a value is: of a computed KPI it held nothing to measure, of others somebody owes it.</summary>
    public KpiState Without => Definition.Computed is null ? KpiState.Missing : KpiState.Nothing;

    public KpiState StateOf(KpiPoint point) => point.Measured is null ? Without : KpiLight.Of(
        point.Aim, point.Value, true, Definition.Unit, point.Period.End, ForecastAt(point));

    /// <summary>What the trend said then; only asked of what missed a target whose date was still ahead.</summary>
    private KpiForecast? ForecastAt(KpiPoint point) => ReferenceEquals(point, Latest) ? Forecast
        : point is { Value: { } value, Aim: { DueOn: { } due } aim } && due >= point.Period.End && aim.IsMetBy(value) == false
            ? KpiForecast.Of([.. Points.Where(one => one is { IsOpen: false, Value: not null } && one.Period <= point.Period).Select(one => (one.Period, one.Value!.Value))], aim)
            : null;

    /// <summary>The newest period that had ended by a day and was due by then or has a value; null: none.</summary>
    public KpiPoint? At(DateOnly end) => Points.LastOrDefault(point => point.Period.End <= end && (point.Measured is not null || point.IsMissing));

    /// <param name="aims">Ascending by day.</param>
    /// <param name="values">In any order, at most one a period.</param>
    public static KpiSeries Of(KpiDefinition definition, IReadOnlyList<KpiAimVersion> aims, IEnumerable<KpiMeasured> values, DateOnly today)
    {
        var known = values.ToDictionary(value => value.Start);
        var current = AimOn(aims, today, definition);
        if (known.Count == 0)
        {
            return new KpiSeries(definition, [], current);
        }

        var running = KpiPeriod.Of(definition.Cadence, today);
        var first = KpiPeriod.Of(definition.Cadence, known.Keys.Min());
        var last = KpiPeriod.Of(definition.Cadence, known.Keys.Max());
        last = last > running.Plus(-1) ? last : running.Plus(-1);
        if (last.Minus(first) >= MostPeriods)
        {
            first = last.Plus(1 - MostPeriods);
        }

        var points = new List<KpiPoint>(last.Minus(first) + 1);
        for (var period = first; period <= last; period = period.Plus(1))
        {
            decimal? measured = known.TryGetValue(period.Start, out var value) ? value.Value : null;
            var aim = AimOn(aims, period.Start, definition);
            var isAwaited = measured is null && period.End <= today && today < period.End.AddDays(period.DaysToReport);
            points.Add(new KpiPoint(period, measured, aim.Derive(measured, definition.Change), aim, period.End > today, isAwaited));
        }

        return new KpiSeries(definition, points, current);
    }

    /// <summary>A period is judged by the target in force on its first day; what lies before the first target, by that.</summary>
    private static KpiAim AimOn(IReadOnlyList<KpiAimVersion> aims, DateOnly day, KpiDefinition definition) =>
        aims.LastOrDefault(version => version.From <= day)?.Aim ?? (aims.Count > 0 ? aims[0].Aim : definition.Aim);
}
