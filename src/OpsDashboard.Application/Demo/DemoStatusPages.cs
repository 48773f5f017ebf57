using OpsDashboard.Application.Slos.History;
using OpsDashboard.Application.StatusPages;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Demo;

/// <summary>
/// What the story's public was told: both platforms have a history as long as the story, recorded from its published incidents and
/// its maintenance; the weekly window of the mesh goes on as a series.
/// </summary>
internal sealed class DemoStatusPages(StatusRecord status, MaintenanceRecord maintenance) : IDemoChapter
{
    /// <summary>The story itself plans the windows up to here.</summary>
    private const int PlannedDays = 15;

    private static readonly string[] Platforms = ["mlops", "agent-mesh"];

    public async Task WriteAsync(DateTimeOffset anchor, int historyDays, long nowMs, CancellationToken cancellationToken)
    {
        var sundays = new MaintenanceRecurrence
        {
            Unit = RecurrenceUnit.Weekly,
            Days = [DayOfWeek.Sunday],
            At = new TimeOnly(2, 0),
            DurationMinutes = 240,
            Zone = "UTC",
            From = DateOnly.FromDateTime(anchor.UtcDateTime),
        };
        var series = new RecordedSeries("agent-mesh", null, sundays, "Weekly maintenance", anchor.AddDays(PlannedDays));
        await maintenance.ReplaceSeriesAsync(DemoWorker.Author, [series], nowMs, cancellationToken);
        await status.ReachBackAsync(Platforms, anchor.AddDays(-historyDays).ToUnixTimeMilliseconds(), nowMs, cancellationToken);
    }

    public async Task EraseAsync(long nowMs, CancellationToken cancellationToken)
    {
        await maintenance.ReplaceSeriesAsync(DemoWorker.Author, [], nowMs, cancellationToken);
        await status.ForgetAsync(Platforms, nowMs, cancellationToken);
    }
}
