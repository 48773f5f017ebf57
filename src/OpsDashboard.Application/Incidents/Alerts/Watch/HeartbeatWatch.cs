using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Alerts.Intake;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Incidents.Alerts.Watch;

/// <summary>Raises the alarm of heartbeats that were missed, those that never came among them.</summary>
internal sealed class HeartbeatWatch(OpsDbContext db, AlertDesk desk)
{
    public async Task<int> CheckAsync(long nowMs, CancellationToken cancellationToken)
    {
        var missed = await db.Set<HeartbeatRow>().Where(row => row.DueAtMs <= nowMs && !row.Alarmed).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        foreach (var heartbeat in missed)
        {
            heartbeat.Alarmed = true;
            await desk.RaiseAsync(Signal(heartbeat), cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        return missed.Count;
    }

    private static AlertSignal Signal(HeartbeatRow heartbeat)
    {
        var key = PingHeartbeatHandler.KeyOf(heartbeat);
        return new AlertSignal
        {
            Key = key,
            GroupKey = key,
            Source = AlertSource.Heartbeat,
            Title = heartbeat.LastPingAtMs is null ? $"Heartbeat {heartbeat.Name} never came" : $"Heartbeat {heartbeat.Name} is missing",
            Description = string.Create(
                CultureInfo.InvariantCulture,
                $"Expected every {heartbeat.IntervalSeconds} s with {heartbeat.GraceSeconds} s of grace; {(heartbeat.LastPingAtMs is { } last ? $"last at {Instants.ToInstant(last):yyyy-MM-dd HH:mm:ss} UTC" : "none has come since it was set up")}."),
            Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = "Heartbeat", ["heartbeat"] = heartbeat.Name },
            Platform = heartbeat.Platform,
            Service = heartbeat.Service,
            Level = heartbeat.Level,
            StartsAtMs = heartbeat.DueAtMs,
        };
    }
}
