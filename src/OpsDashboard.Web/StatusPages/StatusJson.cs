using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpsDashboard.Application.StatusPages;
using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Web.StatusPages;

/// <summary>The page in the shape that clients of the public Statuspage API read, field by field.</summary>
/// <param name="baseUrl">Public address of this installation, without a slash at the end.</param>
internal sealed class StatusJson(StatusPage page, string baseUrl)
{
    private const int MostListed = 50;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    private string PageId => Id($"page:{page.Name}");

    /// <summary>Names under /api/v2 with their content.</summary>
    public IEnumerable<(string Name, string Text)> All()
    {
        yield return ("summary.json", Text(new { Page = Head(), Components = Components(), Incidents = page.Unresolved.Select(Incident), ScheduledMaintenances = page.Active.Concat(page.Upcoming).Select(Maintenance), Status = Status() }));
        yield return ("status.json", Text(new { Page = Head(), Status = Status() }));
        yield return ("components.json", Text(new { Page = Head(), Components = Components() }));
        yield return ("incidents.json", Text(new { Page = Head(), Incidents = page.Incidents.Take(MostListed).Select(Incident) }));
        yield return ("incidents/unresolved.json", Text(new { Page = Head(), Incidents = page.Unresolved.Select(Incident) }));
        yield return ("scheduled-maintenances.json", Text(new { Page = Head(), ScheduledMaintenances = page.Maintenance.Reverse().Take(MostListed).Select(Maintenance) }));
        yield return ("scheduled-maintenances/upcoming.json", Text(new { Page = Head(), ScheduledMaintenances = page.Upcoming.Select(Maintenance) }));
        yield return ("scheduled-maintenances/active.json", Text(new { Page = Head(), ScheduledMaintenances = page.Active.Select(Maintenance) }));
    }

    internal static string Indicator(ComponentState worst) => worst switch
    {
        ComponentState.Operational => "none",
        ComponentState.UnderMaintenance => "maintenance",
        ComponentState.DegradedPerformance => "minor",
        ComponentState.PartialOutage => "major",
        ComponentState.MajorOutage => "critical",
    };

    private static string Text(object value) => JsonSerializer.Serialize(value, Options);

    private object Head() => new { Id = PageId, Name = page.Title, Url = baseUrl + StatusWords.Home(page.Name), TimeZone = "Etc/UTC", UpdatedAt = At(page.UpdatedAt) };

    private object Status() => new
    {
        Indicator = Indicator(page.Worst),
        Description = page.Worst switch
        {
            ComponentState.Operational => "All Systems Operational",
            ComponentState.UnderMaintenance => "Service Under Maintenance",
            ComponentState.DegradedPerformance => "Partially Degraded Service",
            ComponentState.PartialOutage => "Partial System Outage",
            ComponentState.MajorOutage => "Major Service Outage",
        },
    };

    /// <summary>Each group as a component of its own before its members, as the API lists them.</summary>
    private IEnumerable<object> Components()
    {
        var position = 0;
        foreach (var group in page.Groups)
        {
            var members = group.ToList();
            var id = GroupId(group.Key);
            yield return new
            {
                Id = id,
                Name = group.Key,
                Status = members.Max(member => member.State).Api(),
                CreatedAt = At(members.Min(member => member.Since)),
                UpdatedAt = At(members.Max(member => member.UpdatedAt)),
                Position = ++position,
                Description = (string?)null,
                Showcase = false,
                StartDate = (string?)null,
                GroupId = (string?)null,
                PageId,
                Group = true,
                OnlyShowIfDegraded = false,
                Components = members.Select(member => member.Id),
            };
            for (var i = 0; i < members.Count; i++)
            {
                yield return Component(members[i], i + 1);
            }
        }
    }

    private object Component(ComponentView component, int position) => new
    {
        component.Id,
        component.Name,
        Status = component.State.Api(),
        CreatedAt = At(component.Since),
        UpdatedAt = At(component.UpdatedAt),
        Position = position,
        component.Description,
        Showcase = component.Uptime is not null,
        StartDate = component.Since.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        GroupId = GroupId(component.Group),
        PageId,
        Group = false,
        OnlyShowIfDegraded = false,
    };

    private object Incident(StatusIncident incident)
    {
        var id = Id($"incident:{incident.Id}");
        var affected = Affected(incident).ToList();
        return new
        {
            Id = id,
            Name = incident.Title,
            Status = incident.State.ToString().ToLowerInvariant(),
            CreatedAt = At(incident.Updates[^1].At),
            UpdatedAt = At(incident.UpdatedAt),
            MonitoringAt = At(incident.Updates.LastOrDefault(update => update.State == StatusIncidentState.Monitoring)?.At),
            ResolvedAt = At(incident.ResolvedAt),
            Impact = Impact(incident.Worst),
            Shortlink = $"{baseUrl}/status/incidents/{incident.Id.ToString(CultureInfo.InvariantCulture)}",
            StartedAt = At(incident.StartedAt),
            PageId,
            IncidentUpdates = incident.Updates.Select((update, i) => new
            {
                Id = Id($"update:{update.Id}"),
                Status = update.State.ToString().ToLowerInvariant(),
                Body = update.Text,
                IncidentId = id,
                CreatedAt = At(update.At),
                UpdatedAt = At(update.At),
                DisplayAt = At(update.At),
                // From one word to the next; the first tells of what was before it began.
                AffectedComponents = affected.Select(component => new
                {
                    Code = component.Id,
                    component.Name,
                    OldStatus = component.StateAt(i + 1 < incident.Updates.Count ? incident.Updates[i + 1].At : incident.StartedAt.AddMilliseconds(-1)).Api(),
                    NewStatus = component.StateAt(update.At).Api(),
                }),
                DeliverNotifications = true,
                CustomTweet = (string?)null,
                TweetId = (string?)null,
            }),
            Components = affected.Select(component => Component(component, component.Position)),
            ReminderIntervals = (string?)null,
        };
    }

    private object Maintenance(StatusMaintenance work)
    {
        var id = Id($"maintenance:{work.Id}");
        var affected = page.Components.Where(component => component.Platform == work.Platform && component.Service is not null && (work.Service is null || work.Service == component.Service)).ToList();
        return new
        {
            Id = id,
            Name = work.Title,
            Status = work.State.Api(),
            CreatedAt = At(work.AnnouncedAt),
            UpdatedAt = At(work.VerifyingSince ?? work.State switch
            {
                StatusMaintenanceState.Scheduled => work.AnnouncedAt,
                StatusMaintenanceState.InProgress or StatusMaintenanceState.Verifying => work.Start,
                StatusMaintenanceState.Completed => work.End,
            }),
            MonitoringAt = At(work.VerifyingSince),
            ResolvedAt = At(work.State == StatusMaintenanceState.Completed ? work.End : null),
            Impact = "maintenance",
            Shortlink = $"{baseUrl}{StatusWords.Home(page.Name)}#maintenance",
            StartedAt = At(work.Start),
            PageId,
            IncidentUpdates = new[]
            {
                new
                {
                    Id = Id($"announcement:{work.Id}"),
                    Status = "scheduled",
                    Body = work.Title,
                    IncidentId = id,
                    CreatedAt = At(work.AnnouncedAt),
                    UpdatedAt = At(work.AnnouncedAt),
                    DisplayAt = At(work.AnnouncedAt),
                    AffectedComponents = affected.Select(component => new { Code = component.Id, component.Name, OldStatus = "operational", NewStatus = "operational" }),
                    DeliverNotifications = true,
                    CustomTweet = (string?)null,
                    TweetId = (string?)null,
                },
            },
            Components = affected.Select(component => Component(component, component.Position)),
            ScheduledFor = At(work.Start),
            ScheduledUntil = At(work.End),
        };
    }

    private IEnumerable<ComponentView> Affected(StatusIncident incident) => page.Components.Where(component =>
        component.Service is not null && incident.Effects.Any(effect => effect.Platform == component.Platform && (effect.Service is null || effect.Service == component.Service)));

    private static string Impact(ComponentState worst) => Indicator(worst);

    private static string? At(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private string GroupId(string group) => Id($"group:{page.Name}:{group}");

    /// <summary>Twelve letters and digits, the same at every node and after every restart.</summary>
    private static string Id(string of) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(of)).AsSpan(0, 6));
}
