using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.StatusPages.Store;
using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Application.StatusPages.Recording;

/// <summary>
/// Writes what the public was told into daily history, and tells the live bus what changed by the passing of time. One step is one
/// transaction of the caller.
/// </summary>
internal sealed class StatusRecorder(OpsDbContext db, StatusSources sources)
{
    /// <summary>Setting: up to when incidents were recorded, Unix milliseconds. Set back to 0, all days are recorded again.</summary>
    public const string RecordedThrough = "status.recordedThrough";

    /// <summary>A platform that only watches the product itself is not the public's.</summary>
    private const string OwnPlatform = "opsdashboard";

    /// <returns>When the next change by time alone is due; null when none is known.</returns>
    public async Task<long?> StepAsync(long now, CancellationToken cancellationToken)
    {
        await AddMissingAsync(now, cancellationToken);
        var today = Today(now);
        var first = today.AddDays(1 - StatusSite.Days);
        var read = await sources.ReadAsync(GetStatusSiteHandler.StartOf(first), now, cancellationToken);
        var timelines = read.Components.ToDictionary(component => component.Id, read.TimelineOf);
        await RecordAsync(read, timelines, await FirstDayAsync(read, first, today, now, cancellationToken), today, now, cancellationToken);
        await TellAsync(timelines, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return timelines.Values.Select(timeline => timeline.NextEdge(now)).Min();
    }

    /// <summary>
    /// A service the shipped catalogs bring is shown at once; one that somebody imports is there and hidden, since its name may not
    /// be meant for the public.
    /// </summary>
    private async Task AddMissingAsync(long now, CancellationToken cancellationToken)
    {
        var known = (await db.Set<ComponentRow>().Where(row => row.Service != null).Select(row => row.Service!).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var (services, _) = await db.ListServicesAndSlisAsync(cancellationToken);
        var missing = services.Where(service => !known.Contains(service.Id)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        var shipped = ShippedCatalogs.Load().SelectMany(catalog => catalog.Services).Select(service => service.Id).ToHashSet(StringComparer.Ordinal);
        var position = await db.Set<ComponentRow>().MaxAsync(row => (int?)row.Position, cancellationToken) ?? 0;
        foreach (var service in missing)
        {
            db.Add(new ComponentRow
            {
                PublicId = PublicIds.New(),
                Platform = service.Platform,
                Service = service.Id,
                Name = Cut(service.DisplayName ?? InWords(service.Name), 120)!,
                Description = Cut(service.Description, 500),
                Position = ++position,
                Shown = service.Platform != OwnPlatform && shipped.Contains(service.Id),
                SinceMs = now,
                UpdatedAtMs = now,
            });
        }

        db.AnnounceStatus(now, missing.Select(service => service.Platform));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Yesterday, or the first day of an incident that was spoken of since the last step: its history becomes what is known now.</summary>
    private async Task<DateOnly> FirstDayAsync(StatusSources.Read read, DateOnly first, DateOnly today, long now, CancellationToken cancellationToken)
    {
        var setting = await db.Set<SettingRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Name == RecordedThrough, cancellationToken);
        var through = setting is null ? 0 : long.Parse(setting.Value, System.Globalization.CultureInfo.InvariantCulture);
        await db.PutAsync(RecordedThrough, now.ToString(System.Globalization.CultureInfo.InvariantCulture), cancellationToken);
        if (through == 0)
        {
            return first;
        }

        // Two minutes of overlap: what commits while this step reads is seen by the next one.
        var spokenOf = read.Incidents.Where(incident => incident.UpdatedAt.ToUnixTimeMilliseconds() >= through - (2 * Instants.MinuteMs));
        var from = spokenOf.Select(incident => Today(incident.StartedAt.ToUnixTimeMilliseconds())).Append(Today(through).AddDays(-1)).Append(today.AddDays(-1)).Min();
        return from < first ? first : from;
    }

    private async Task RecordAsync(
        StatusSources.Read read,
        Dictionary<int, ComponentTimeline> timelines,
        DateOnly from,
        DateOnly today,
        long now,
        CancellationToken cancellationToken)
    {
        var firstNumber = from.DayNumber;
        var known = await db.Set<ComponentDayRow>().Where(row => row.DayNumber >= firstNumber).ToDictionaryAsync(row => (row.ComponentId, row.DayNumber), cancellationToken);
        foreach (var component in read.Components)
        {
            var since = Today(component.SinceMs);
            for (var day = from < since ? since : from; day <= today; day = day.AddDays(1))
            {
                var came = ComponentDay.Of(day, timelines[component.Id], now);
                if (!known.TryGetValue((component.Id, day.DayNumber), out var row))
                {
                    row = new ComponentDayRow { ComponentId = component.Id, DayNumber = day.DayNumber, Worst = came.Worst, MaintenanceSeconds = 0, DegradedSeconds = 0, PartialSeconds = 0, MajorSeconds = 0 };
                    db.Add(row);
                }

                (row.Worst, row.MaintenanceSeconds, row.DegradedSeconds, row.PartialSeconds, row.MajorSeconds) =
                    (came.Worst, came.MaintenanceSeconds, came.DegradedSeconds, came.PartialSeconds, came.MajorSeconds);
            }
        }
    }

    private async Task TellAsync(Dictionary<int, ComponentTimeline> timelines, long now, CancellationToken cancellationToken)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in await db.Set<ComponentRow>().ToListAsync(cancellationToken))
        {
            var state = timelines.TryGetValue(row.Id, out var timeline) ? timeline.At(now) : row.TellsState;
            if (state != row.TellsState)
            {
                (row.TellsState, row.UpdatedAtMs) = (state, now);
                changed.Add(row.Platform);
            }
        }

        if (changed.Count > 0)
        {
            db.AnnounceStatus(now, changed);
        }
    }

    private static DateOnly Today(long unixMs) => DateOnly.FromDateTime(Instants.ToInstant(unixMs).UtcDateTime);

    private static string InWords(string slug) => string.Concat(char.ToUpperInvariant(slug[0]).ToString(), slug[1..].Replace('-', ' '));

    private static string? Cut(string? text, int most) => text is null || text.Length <= most ? text : text[..most];
}
