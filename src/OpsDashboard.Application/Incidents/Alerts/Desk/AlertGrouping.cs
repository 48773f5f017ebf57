using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Incidents.Alerts.Desk;

/// <summary>
/// Which open incident each new alert belongs to: the one of its group, else one of the same service and severity that still grows,
/// else a new one that those after it find. The store is asked once for all of them.
/// </summary>
internal sealed class AlertGrouping
{
    /// <summary>Alerts of one service and severity that follow each other no further apart than this are taken for one incident.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private const int PageSize = 400;

    private readonly Dictionary<string, AlertsOfIncident> byGroup = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Platform, string Service, string Severity), AlertsOfIncident> byService = [];
    private readonly Dictionary<long, AlertsOfIncident> byIncident = [];
    private readonly List<AlertsOfIncident> all = [];

    private AlertGrouping()
    {
    }

    /// <returns>Every alert with its incident, in the order of the first alert of each.</returns>
    public static async Task<IReadOnlyList<AlertsOfIncident>> GroupAsync(OpsDbContext db, IReadOnlyList<AlertRow> alerts, long nowMs, CancellationToken cancellationToken)
    {
        var grouping = new AlertGrouping();
        if (alerts.Count > 0)
        {
            await grouping.ReadGroupsAsync(db, alerts, cancellationToken);
            await grouping.ReadServicesAsync(db, alerts, nowMs, cancellationToken);
        }

        foreach (var alert in alerts)
        {
            grouping.Place(alert);
        }

        return [.. grouping.all.Where(one => one.Alerts.Count > 0)];
    }

    private async Task ReadGroupsAsync(OpsDbContext db, IReadOnlyList<AlertRow> alerts, CancellationToken cancellationToken)
    {
        foreach (var groups in alerts.Select(alert => alert.GroupKey).Distinct(StringComparer.Ordinal).Chunk(PageSize))
        {
            var known = await Open(db).Where(row => groups.Contains(row.GroupKey)).Select(row => new { row.GroupKey, Incident = row.IncidentId!.Value }).Distinct().ToListAsync(cancellationToken);
            // An incident may have been opened for a group whose alerts are told to another since.
            known.AddRange(await db.Set<IncidentRow>().AsNoTracking()
                .Where(row => row.ResolvedAtMs == null && row.GroupKey != null && groups.Contains(row.GroupKey))
                .Select(row => new { GroupKey = row.GroupKey!, Incident = row.Id })
                .ToListAsync(cancellationToken));
            foreach (var group in known.GroupBy(one => one.GroupKey, StringComparer.Ordinal))
            {
                byGroup[group.Key] = Of(group.Max(one => one.Incident));
            }
        }
    }

    private async Task ReadServicesAsync(OpsDbContext db, IReadOnlyList<AlertRow> alerts, long nowMs, CancellationToken cancellationToken)
    {
        var services = alerts.Select(alert => alert.Service).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var since = nowMs - (long)Window.TotalMilliseconds;
        foreach (var page in services.Chunk(PageSize))
        {
            var known = await Open(db)
                .Where(row => row.OpenedAtMs > since && row.Service != null && page.Contains(row.Service))
                .GroupBy(row => new { row.Platform, row.Service, row.Severity })
                .Select(group => new { group.Key.Platform, Service = group.Key.Service!, group.Key.Severity, Incident = group.Max(row => row.IncidentId)!.Value })
                .ToListAsync(cancellationToken);
            foreach (var one in known)
            {
                byService[(one.Platform, one.Service, one.Severity)] = Of(one.Incident);
            }
        }
    }

    private static IQueryable<AlertRow> Open(OpsDbContext db) => db.Set<AlertRow>().AsNoTracking()
        .Where(row => row.IncidentId != null)
        .Join(db.Set<IncidentRow>().Where(incident => incident.ResolvedAtMs == null), row => row.IncidentId, incident => incident.Id, (row, incident) => row);

    private void Place(AlertRow alert)
    {
        if (!byGroup.TryGetValue(alert.GroupKey, out var place)
            && !(alert.Service is { } named && byService.TryGetValue((alert.Platform, named, alert.Severity), out place)))
        {
            place = new AlertsOfIncident(null);
            all.Add(place);
        }

        place.Alerts.Add(alert);
        byGroup[alert.GroupKey] = place;
        if (alert.Service is { } service)
        {
            byService[(alert.Platform, service, alert.Severity)] = place;
        }
    }

    private AlertsOfIncident Of(long incident)
    {
        if (!byIncident.TryGetValue(incident, out var place))
        {
            byIncident[incident] = place = new AlertsOfIncident(incident);
            all.Add(place);
        }

        return place;
    }
}

/// <param name="IncidentId">Null: the first of them opens it.</param>
internal sealed record AlertsOfIncident(long? IncidentId)
{
    public List<AlertRow> Alerts { get; } = [];
}
