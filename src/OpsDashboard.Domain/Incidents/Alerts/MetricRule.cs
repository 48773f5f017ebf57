using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Incidents.Alerts;

/// <summary>What a rule reads from the minutes of a series.</summary>
public enum MetricMeasure
{
    /// <summary>Bad events of all, in percent.</summary>
    ErrorPercent,

    /// <summary>A percentile of durations, in milliseconds.</summary>
    LatencyPercentile,

    /// <summary>Mean of a gauge's readings, in its own unit.</summary>
    Mean,

    /// <summary>Events counted.</summary>
    Events,
}

/// <summary>What it means that a series which reported within the last day reports nothing.</summary>
public enum MissingData
{
    /// <summary>Nothing is known: nothing fires for it, and what fires goes on.</summary>
    Unknown,

    /// <summary>Who does not answer is down.</summary>
    Breach,
}

/// <summary>An alert on what was measured, with hysteresis: it fires after a while beyond one limit and ends after a while beyond another.</summary>
public sealed record MetricRule
{
    public const int MaxWindowMinutes = 60;
    public const int MaxForMinutes = 60;

    /// <summary>Path platform/rule.</summary>
    public required string Id { get; init; }

    public required string Platform { get; init; }

    public required string Name { get; init; }

    /// <summary>Each series is judged by itself and has its own alert.</summary>
    public required IReadOnlyList<string> SliIds { get; init; }

    public required AlertLevel Level { get; init; }

    public required MetricMeasure Measure { get; init; }

    /// <summary>For <see cref="MetricMeasure.LatencyPercentile"/>: above 0 and below 100.</summary>
    public decimal? Percentile { get; init; }

    /// <summary>Strictly beyond it is a breach.</summary>
    public required decimal Limit { get; init; }

    /// <summary>Breached below the limit, not above.</summary>
    public bool BreachedBelow { get; init; }

    /// <summary>The alert ends only on the good side of this value; null: of the limit itself.</summary>
    public decimal? RecoversAt { get; init; }

    /// <summary>Minutes one value is taken over; 1 to 60.</summary>
    public int WindowMinutes { get; init; } = 5;

    /// <summary>Fires when a breach has lasted longer than this; 0 to 60. Ends after as long on the good side, at most five minutes.</summary>
    public int ForMinutes { get; init; }

    public MissingData MissingData { get; init; }

    /// <summary>Unit of the limit, for people; null for counts.</summary>
    public string? Unit { get; init; }

    public required Clause Clause { get; init; }

    public bool IsBreach(decimal value) => BreachedBelow ? value < Limit : value > Limit;

    /// <summary>On the good side of the limit and of <see cref="RecoversAt"/>.</summary>
    public bool IsRecovery(decimal value)
    {
        var bound = RecoversAt ?? Limit;
        return !IsBreach(value) && (BreachedBelow ? value >= bound : value <= bound);
    }

    public int RecoveryMinutes => Math.Min(ForMinutes, 5);

    /// <summary>How long one must have listened before silence may count as a breach: all minutes of a judgement, and two for samples on their way.</summary>
    public TimeSpan SilenceHeard => TimeSpan.FromMinutes(WindowMinutes + ForMinutes + 2);
}

public enum MetricRuleState
{
    /// <summary>Nothing was measured, which is never fine.</summary>
    NoData,
    Fine,

    /// <summary>Beyond the limit, not yet for long enough.</summary>
    Pending,
    Firing,
}

/// <param name="Value">Over the newest window; null: nothing measured in it.</param>
/// <param name="SinceMinute">First minute of what is pending or fires; null otherwise.</param>
public sealed record MetricVerdict(MetricRuleState State, decimal? Value, int? SinceMinute);

/// <summary>Judges a rule on stored minutes.</summary>
public static class MetricRuleEvaluation
{
    /// <param name="cellAt">The cell of a minute; null: it did not report.</param>
    /// <param name="lastMinute">Newest minute that is complete.</param>
    /// <param name="firingSince">First minute of the alert that is open; null: none is.</param>
    /// <param name="reportedToday">The series reported within the last day.</param>
    public static MetricVerdict Judge(MetricRule rule, Func<int, MinuteCell?> cellAt, int lastMinute, int? firingSince, bool reportedToday)
    {
        var values = new decimal?[Math.Max(rule.ForMinutes, rule.RecoveryMinutes) + 1];
        for (var back = 0; back < values.Length; back++)
        {
            values[back] = Value(rule, cellAt, lastMinute - back);
        }

        var newest = values[0];
        if (firingSince is { } since)
        {
            // Silence is no recovery: only measured minutes end an alert.
            return values.Take(rule.RecoveryMinutes + 1).All(value => value is { } measured && rule.IsRecovery(measured))
                ? new(MetricRuleState.Fine, newest, null)
                : new(MetricRuleState.Firing, newest, since);
        }

        var held = values.TakeWhile(IsBreach).Count();
        if (held > rule.ForMinutes)
        {
            return new(MetricRuleState.Firing, newest, lastMinute - rule.ForMinutes);
        }

        if (held > 0)
        {
            return new(MetricRuleState.Pending, newest, lastMinute - held + 1);
        }

        return new(newest is null ? MetricRuleState.NoData : MetricRuleState.Fine, newest, null);

        bool IsBreach(decimal? value) => value is { } measured
            ? rule.IsBreach(measured)
            : rule.MissingData == MissingData.Breach && reportedToday;
    }

    /// <summary>The measure over the window that ends with a minute; null: nothing was measured in it.</summary>
    public static decimal? Value(MetricRule rule, Func<int, MinuteCell?> cellAt, int endMinute)
    {
        MinuteCell? sum = null;
        for (var minute = endMinute - rule.WindowMinutes + 1; minute <= endMinute; minute++)
        {
            if (cellAt(minute) is { } cell)
            {
                sum = sum is { } before ? before.Merge(cell) : cell;
            }
        }

        return sum is { } all ? Read(rule, all) : null;
    }

    private static decimal? Read(MetricRule rule, MinuteCell cell) => rule.Measure switch
    {
        MetricMeasure.ErrorPercent => cell.Total == 0 ? null : 100m * (cell.Total - cell.Good) / cell.Total,
        MetricMeasure.LatencyPercentile => cell.Histogram?.Percentile(rule.Percentile ?? 99),
        MetricMeasure.Mean => cell.ValueCount == 0 ? null : (decimal)cell.ValueSumMicros / cell.ValueCount / 1_000_000m,
        MetricMeasure.Events => cell.Events,
    };
}
