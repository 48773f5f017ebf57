using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Application.StatusPages.Store;
using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Application.StatusPages;

/// <summary>Everything the public status pages show now.</summary>
public sealed record GetStatusSite : IQuery<StatusSite>
{
    public static Access Access => Access.Public;
}

internal sealed class GetStatusSiteHandler(OpsDbContext db, StatusSources sources, UptimeFigures uptime, PlatformTitles titles, TimeProvider time)
    : IRequestHandler<GetStatusSite, Outcome<StatusSite>>
{
    public async Task<Outcome<StatusSite>> Handle(GetStatusSite request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var today = DateOnly.FromDateTime(Instants.ToInstant(now).UtcDateTime);
        var firstDay = today.AddDays(1 - StatusSite.Days);
        var fromMs = StartOf(firstDay);
        var read = await sources.ReadAsync(fromMs, now, cancellationToken);
        var shown = read.Components.Where(component => component.Shown).ToList();
        var days = await DaysAsync(firstDay, cancellationToken);
        var figures = await uptime.OfAsync(shown, now, cancellationToken);
        var timelines = shown.ToDictionary(component => component.Id, read.TimelineOf);
        return new StatusSite
        {
            At = Instants.ToInstant(now),
            Platforms = [.. shown.Select(component => component.Platform).Distinct(StringComparer.Ordinal).Select(id => new StatusPlatform(id, titles.Of(id))).OrderBy(platform => platform.Title, StringComparer.Ordinal)],
            Components =
            [
                .. shown.Select(component => Describe(component, timelines[component.Id], read, now, today, days[component.Id]) with
                {
                    Uptime = figures.GetValueOrDefault(component.Id),
                }),
            ],
            Incidents = read.Incidents,
            Maintenance = [.. read.Work.Where(work => shown.Any(component => component.Platform == work.Platform)).Select(work => Describe(work, now))],
            Weights = await db.ReadWeightsAsync(cancellationToken),
            ChangesAt = Instants.ToInstant(timelines.Values.Select(timeline => timeline.NextEdge(now)).OfType<long>().Append(StartOf(today.AddDays(1))).Min()),
        };
    }

    internal static StatusMaintenance Describe(ScheduledWork work, long now) => new(
        work.Id,
        work.Platform,
        work.Service is null ? null : $"{work.Platform}/{work.Service}",
        work.Reason,
        StateOf(work, now),
        Instants.ToInstant(work.StartMs),
        Instants.ToInstant(work.EndMs),
        Instants.ToInstant(work.AnnouncedAtMs),
        work.VerifyingSinceMs is { } since ? Instants.ToInstant(since) : null,
        work.Recurs);

    internal static long StartOf(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static StatusMaintenanceState StateOf(ScheduledWork work, long now)
    {
        if (work.EndMs <= now)
        {
            return StatusMaintenanceState.Completed;
        }

        if (work.StartMs > now)
        {
            return StatusMaintenanceState.Scheduled;
        }

        return work.VerifyingSinceMs is null ? StatusMaintenanceState.InProgress : StatusMaintenanceState.Verifying;
    }

    private ComponentView Describe(ComponentRow row, ComponentTimeline timeline, StatusSources.Read read, long now, DateOnly today, IEnumerable<ComponentDayRow> days)
    {
        var recorded = days.ToDictionary(day => day.DayNumber);
        var since = DateOnly.FromDateTime(Instants.ToInstant(row.SinceMs).UtcDateTime);
        var byHand = read.Overrides.LastOrDefault(one => one.ComponentId == row.Id && one.FromMs <= now && (one.ToMs is null || one.ToMs > now));
        return new ComponentView
        {
            Id = row.PublicId,
            Platform = row.Platform,
            Service = row.Service,
            Name = row.Name,
            Description = row.Description,
            Group = row.GroupName ?? titles.Of(row.Platform),
            Position = row.Position,
            State = timeline.At(now),
            SetByHand = byHand?.Reason,
            Days = [.. Enumerable.Range(1 - StatusSite.Days, StatusSite.Days).Select(offset => DayOf(today.AddDays(offset)))],
            Since = Instants.ToInstant(row.SinceMs),
            UpdatedAt = Instants.ToInstant(row.UpdatedAtMs),
            Spans = timeline.Between(StartOf(today.AddDays(1 - StatusSite.Days)), now + 1),
        };

        ComponentDay? DayOf(DateOnly day)
        {
            if (day < since)
            {
                return null;
            }

            if (day == today)
            {
                return ComponentDay.Of(day, timeline, now);
            }

            return recorded.TryGetValue(day.DayNumber, out var known)
                ? new ComponentDay(day, known.Worst, known.MaintenanceSeconds, known.DegradedSeconds, known.PartialSeconds, known.MajorSeconds)
                : null;
        }
    }

    private async Task<ILookup<int, ComponentDayRow>> DaysAsync(DateOnly from, CancellationToken cancellationToken)
    {
        var first = from.DayNumber;
        return (await db.Set<ComponentDayRow>().AsNoTracking().Where(row => row.DayNumber >= first).ToListAsync(cancellationToken)).ToLookup(row => row.ComponentId);
    }
}
