using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.Intake;

/// <summary>A sign of life. An open alarm of the heartbeat ends with it.</summary>
/// <param name="Name">Null: the only heartbeat of the integration.</param>
public sealed record PingHeartbeat(IntegrationRef Integration, string? Name) : ICommand<HeartbeatPing>
{
    public static Access Access => Access.Ingest;
}

/// <param name="NextBy">When it is missed.</param>
public sealed record HeartbeatPing(string Name, DateTimeOffset NextBy);

internal sealed class PingHeartbeatHandler(OpsDbContext db, AlertDesk desk, TimeProvider time) : IRequestHandler<PingHeartbeat, Outcome<HeartbeatPing>>
{
    public async Task<Outcome<HeartbeatPing>> Handle(PingHeartbeat request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var own = db.Set<HeartbeatRow>().Where(row => row.IntegrationId == request.Integration.Id);
        var found = await (request.Name is { } name ? own.Where(row => row.Name == name) : own).OrderBy(row => row.Id).Take(2).ToListAsync(cancellationToken);
        if (found.Count != 1)
        {
            return Missing(request.Name, found.Count);
        }

        var heartbeat = found[0];
        heartbeat.LastPingAtMs = now;
        heartbeat.DueAtMs = new HeartbeatTerms(heartbeat.IntervalSeconds, heartbeat.GraceSeconds).DueAtMs(heartbeat.CreatedAtMs, now);
        if (heartbeat.Alarmed)
        {
            heartbeat.Alarmed = false;
            await desk.ClearAsync(KeyOf(heartbeat), now, cancellationToken);
        }

        await db.Set<IntegrationRow>().Where(row => row.Id == heartbeat.IntegrationId).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.LastReceivedAtMs, now)
                .SetProperty(row => row.LastReceived, $"Heartbeat {heartbeat.Name}")
                .SetProperty(row => row.Received, row => row.Received + 1),
            cancellationToken);
        db.Announce(now, ("alerts", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return new HeartbeatPing(heartbeat.Name, Instants.ToInstant(heartbeat.DueAtMs));
    }

    public static string KeyOf(HeartbeatRow heartbeat) => $"heartbeat:{heartbeat.Id}";

    private static Failure Missing(string? name, int found)
    {
        if (name is not null)
        {
            return Failure.Invalid("/name", "name.known", "There is no heartbeat of this name.");
        }

        return found == 0
            ? Failure.Invalid("/name", "heartbeat.none", "This integration has no heartbeat; set one up first.")
            : Failure.Invalid("/name", "name.required", "This integration has several heartbeats; say which with ?name=.");
    }
}
