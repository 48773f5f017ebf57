using System.Globalization;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Application.StatusPages.Subscriptions;

namespace OpsDashboard.Application.StatusPages.Recording;

/// <summary>
/// Tells subscribers of planned work: when it is announced, before it begins, when it begins and when it ends. A window that a
/// series wrote is not announced on its own: its reminder comes 72 hours ahead instead of 24.
/// </summary>
internal sealed class MaintenanceHerald(MaintenanceNow maintenance, StatusNotices notices)
{
    /// <summary>What is later than this is not told any more: the process was away, and the page says it.</summary>
    private const long LateMs = Instants.HourMs;

    private const long AnnouncedMs = Instants.DayMs;

    public async Task StepAsync(long now, CancellationToken cancellationToken)
    {
        foreach (var work in await maintenance.BetweenAsync(now - LateMs, now + StatusSources.AheadMs, cancellationToken))
        {
            if (Due(work, now) is { } stage)
            {
                await notices.WriteAsync(
                    $"maintenance:{work.Id}:{stage.Name}",
                    [work.Platform],
                    $"[{stage.Title}] {work.Reason}",
                    $"{stage.Sentence}\n\n{work.Reason}\n{Utc(work.StartMs)} to {Utc(work.EndMs)} UTC\nAffected: {(work.Service is null ? $"all services of {work.Platform}" : $"{work.Platform}/{work.Service}")}",
                    "/status#maintenance",
                    new
                    {
                        type = "maintenance",
                        stage = stage.Name,
                        maintenance = new
                        {
                            id = work.Id.ToString(CultureInfo.InvariantCulture),
                            name = work.Reason,
                            platform = work.Platform,
                            service = work.Service,
                            scheduled_for = Instants.ToInstant(work.StartMs),
                            scheduled_until = Instants.ToInstant(work.EndMs),
                        },
                    },
                    now,
                    cancellationToken);
            }
        }
    }

    private static Stage? Due(ScheduledWork work, long now)
    {
        if (now >= work.EndMs)
        {
            return new("completed", "Completed", "The scheduled maintenance has been completed.");
        }

        if (now >= work.StartMs)
        {
            return now < work.StartMs + LateMs ? new("started", "In progress", "The scheduled maintenance has begun.") : null;
        }

        var remindMs = (work.Recurs ? 3 : 1) * Instants.DayMs;
        if (now >= work.StartMs - remindMs && (work.Recurs || work.AnnouncedAtMs < work.StartMs - remindMs))
        {
            return new("reminder", "Reminder", $"Maintenance is scheduled within {(work.Recurs ? "three days" : "a day")}.");
        }

        return !work.Recurs && now < work.AnnouncedAtMs + AnnouncedMs ? new("announced", "Scheduled", "Maintenance has been scheduled.") : null;
    }

    private static string Utc(long unixMs) => Instants.ToInstant(unixMs).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private sealed record Stage(string Name, string Title, string Sentence);
}
