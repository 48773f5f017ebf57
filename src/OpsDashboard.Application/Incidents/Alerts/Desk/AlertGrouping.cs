using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Incidents.Alerts.Desk;

/// <summary>Which open incident a new alert belongs to: the one of its group, else one of the same service and severity that still grows.</summary>
internal sealed class AlertGrouping(OpsDbContext db)
{
    /// <summary>Alerts of one service and severity that follow each other no further apart than this are taken for one incident.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, long> byGroup = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Platform, string Service, string Severity), long> byService = [];

    /// <summary>An alert has its incident: those after it in the transaction find it here.</summary>
    public void Remember(AlertRow alert, long incidentId)
    {
        byGroup[alert.GroupKey] = incidentId;
        if (alert.Service is { } service)
        {
            byService[(alert.Platform, service, alert.Severity)] = incidentId;
        }
    }

    /// <returns>Null: it opens an incident of its own.</returns>
    public async Task<long?> FindAsync(AlertRow alert, long nowMs, CancellationToken cancellationToken)
    {
        if (byGroup.TryGetValue(alert.GroupKey, out var known)
            || (alert.Service is { } service && byService.TryGetValue((alert.Platform, service, alert.Severity), out known)))
        {
            return known;
        }

        var open = db.Set<AlertRow>().AsNoTracking()
            .Where(row => row.IncidentId != null)
            .Join(db.Set<IncidentRow>().Where(incident => incident.ResolvedAtMs == null), row => row.IncidentId, incident => incident.Id, (row, incident) => row);
        var ofGroup = await open.Where(row => row.GroupKey == alert.GroupKey).MaxAsync(row => row.IncidentId, cancellationToken);
        if (ofGroup is not null || alert.Service is null)
        {
            return ofGroup;
        }

        var since = nowMs - (long)Window.TotalMilliseconds;
        return await open
            .Where(row => row.OpenedAtMs > since && row.Platform == alert.Platform && row.Service == alert.Service && row.Severity == alert.Severity)
            .MaxAsync(row => row.IncidentId, cancellationToken);
    }
}
