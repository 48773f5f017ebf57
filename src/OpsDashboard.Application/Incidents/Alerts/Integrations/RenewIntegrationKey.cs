using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Incidents.Alerts.Integrations;

/// <summary>Gives an integration another key; the one before is refused from then on.</summary>
public sealed record RenewIntegrationKey(int Id) : ICommand<CreatedIntegration>
{
    public static Access Access => Access.Administer;
}

internal sealed class RenewIntegrationKeyHandler(OpsDbContext db, IntegrationKeys keys, TimeProvider time) : IRequestHandler<RenewIntegrationKey, Outcome<CreatedIntegration>>
{
    public async Task<Outcome<CreatedIntegration>> Handle(RenewIntegrationKey request, CancellationToken cancellationToken)
    {
        var row = await db.Set<IntegrationRow>().SingleOrDefaultAsync(row => row.Id == request.Id && row.RevokedAtMs == null, cancellationToken);
        if (row is null)
        {
            return Failure.NotFound("The integration");
        }

        var key = IntegrationKeys.Create();
        (row.KeyHash, row.KeyHint) = (IntegrationKeys.Hash(key), key[..6]);
        db.Announce(time.NowMs(), ("alerts", "all"), ("alerts", "integrations"));
        await db.SaveChangesAsync(cancellationToken);
        keys.Forget();
        return new CreatedIntegration(row.Id, row.Name, key);
    }
}

/// <summary>Refuses the key of an integration for good, and forgets its heartbeats. Its alerts stay.</summary>
public sealed record RevokeIntegration(int Id) : ICommand<Done>
{
    public static Access Access => Access.Administer;
}

internal sealed class RevokeIntegrationHandler(OpsDbContext db, IntegrationKeys keys, AlertDesk desk, TimeProvider time) : IRequestHandler<RevokeIntegration, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(RevokeIntegration request, CancellationToken cancellationToken)
    {
        var row = await db.Set<IntegrationRow>().SingleOrDefaultAsync(row => row.Id == request.Id && row.RevokedAtMs == null, cancellationToken);
        if (row is null)
        {
            return Failure.NotFound("The integration");
        }

        var now = time.NowMs();
        row.RevokedAtMs = now;
        foreach (var heartbeat in await db.Set<HeartbeatRow>().Where(heartbeat => heartbeat.IntegrationId == row.Id).ToListAsync(cancellationToken))
        {
            await desk.ClearAsync(Intake.PingHeartbeatHandler.KeyOf(heartbeat), now, cancellationToken);
            db.Remove(heartbeat);
        }

        db.Announce(now, ("alerts", "all"), ("alerts", "integrations"));
        await db.SaveChangesAsync(cancellationToken);
        keys.Forget();
        return default(Done);
    }
}
