namespace OpsDashboard.Domain.StatusPages;

/// <summary>What one day (UTC) came to for a component: the worst that was told, and for how many seconds each.</summary>
public sealed record ComponentDay(
    DateOnly Day,
    ComponentState Worst,
    int MaintenanceSeconds,
    int DegradedSeconds,
    int PartialSeconds,
    int MajorSeconds)
{
    /// <param name="until">Unix milliseconds; a day under way counts up to here.</param>
    public static ComponentDay Of(DateOnly day, ComponentTimeline timeline, long until)
    {
        var start = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();
        var spans = timeline.Between(start, Math.Min(start + 86_400_000, until));
        return new(
            day,
            spans.Select(span => span.State).DefaultIfEmpty(ComponentState.Operational).Max(),
            Seconds(ComponentState.UnderMaintenance),
            Seconds(ComponentState.DegradedPerformance),
            Seconds(ComponentState.PartialOutage),
            Seconds(ComponentState.MajorOutage));

        int Seconds(ComponentState state) => (int)(spans.Where(span => span.State == state).Sum(span => span.To - span.From) / 1000);
    }

    /// <summary>Downtime by the page's weights, in seconds, rounded to a whole one.</summary>
    public int Downtime(OutageWeights weights) => (int)Math.Round(
        ((DegradedSeconds * (decimal)weights.DegradedPercent) + (PartialSeconds * (decimal)weights.PartialPercent) + (MajorSeconds * (decimal)weights.MajorPercent)) / 100,
        MidpointRounding.AwayFromZero);
}

/// <summary>How much of its time an outage counts as downtime, in whole percent from 0 to 100.</summary>
public sealed record OutageWeights(int DegradedPercent, int PartialPercent, int MajorPercent)
{
    /// <summary>As Statuspage counts by default.</summary>
    public static OutageWeights Default { get; } = new(0, 30, 100);
}
