using System.Globalization;
using MediatR;
using OpsDashboard.Application.Incidents.Alerts;
using OpsDashboard.Application.Incidents.Alerts.Desk;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Clocks;

/// <summary>
/// A promise of time that was missed is an alert of its own, open until its clock stops. It stands beside its incident: an
/// incident whose alerts have all cleared must not be kept open by its own lateness. The page to the manager is owed apart from it.
/// </summary>
internal sealed class ClockAlerts(AlertDesk desk, OpsDbContext db, MissedClocks missed) : INotificationHandler<ClockBreached>, INotificationHandler<IncidentChanged>, INotificationHandler<UpdatePosted>
{
    public Task Handle(ClockBreached notification, CancellationToken cancellationToken)
    {
        missed.All.Add(notification);
        return Task.CompletedTask;
    }

    /// <summary>Raises what was missed in this transaction, all at once: a thousand misses are one reading of the alerts.</summary>
    public async Task RaiseAsync(long nowMs, CancellationToken cancellationToken)
    {
        if (missed.All.Count > 0)
        {
            await desk.ApplyAsync([.. missed.All.Select(miss => new AlertMessage(Describe(miss), null, null))], _ => null, nowMs, cancellationToken);
            await desk.AnnounceAsync(nowMs, cancellationToken);
            missed.All.Clear();
        }
    }

    public async Task Handle(IncidentChanged notification, CancellationToken cancellationToken)
    {
        ClockKind[] stopped = notification.Kind switch
        {
            IncidentChangeKind.Acknowledged => [ClockKind.Respond, ClockKind.Escalate],
            IncidentChangeKind.Escalated => [ClockKind.Escalate],
            IncidentChangeKind.PhaseChanged => [ClockKind.Triage],
            IncidentChangeKind.Resolved or IncidentChangeKind.Merged => Enum.GetValues<ClockKind>(),
            _ => [],
        };
        if (stopped.Length > 0 && await db.FindAsync<IncidentRow>([notification.IncidentId], cancellationToken) is { } incident)
        {
            foreach (var kind in stopped.Where(kind => IncidentClocks.WasTold(incident, kind) || (kind == ClockKind.Communicate && incident.MissedUpdates > 0)))
            {
                await desk.ClearAsync(KeyOf(notification.IncidentId, kind), notification.AtMs, cancellationToken);
            }
        }
    }

    public Task Handle(UpdatePosted notification, CancellationToken cancellationToken) => notification.Audiences.IsOutside
        ? desk.ClearAsync(KeyOf(notification.IncidentId, ClockKind.Communicate), notification.AtMs, cancellationToken)
        : Task.CompletedTask;

    private static string KeyOf(long incident, ClockKind kind) => string.Create(CultureInfo.InvariantCulture, $"clock:{incident}:{kind}");

    private static AlertSignal Describe(ClockBreached miss) => new()
    {
        Key = KeyOf(miss.IncidentId, miss.Clock),
        GroupKey = string.Create(CultureInfo.InvariantCulture, $"clock:{miss.IncidentId}"),
        Source = AlertSource.Clock,
        Title = $"{Escalator.Describe(miss.Clock)} missed ({miss.Limit}): {miss.Title}",
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["alertname"] = "ClockMissed",
            ["incident"] = miss.IncidentId.ToString(CultureInfo.InvariantCulture),
            ["clock"] = miss.Clock.ToString(),
            ["severity_of_incident"] = miss.Severity,
        },
        Platform = miss.Platform,
        Level = AlertLevel.Warning,
        StartsAtMs = miss.DueMs,
    };
}

/// <summary>What was missed in a scope and not raised yet.</summary>
internal sealed class MissedClocks
{
    public List<ClockBreached> All { get; } = [];
}
