using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Changes.Store;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Changes;

namespace OpsDashboard.Application.Changes.Rollback;

/// <summary>Looks at every deployment that is being watched, and has those taken back that cross a trigger.</summary>
internal sealed record WatchSoaks : ICommand<int>
{
    public static Access Access => Access.Ingest;
}

/// <summary>Decision, call and timeline commit together; a deployment is decided on once.</summary>
internal sealed class WatchSoaksHandler(OpsDbContext db, SoakReader reader, Outbox outbox, IncidentSpans incidents, IncidentTimeline timeline, TimeProvider time) : IRequestHandler<WatchSoaks, Outcome<int>>
{
    public async Task<Outcome<int>> Handle(WatchSoaks request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (nowMs, since) = (now.ToUnixTimeMilliseconds(), (now - DeploymentPolicy.Soak).ToUnixTimeMilliseconds());
        var rows = await db.Set<DeploymentRow>()
            .Where(row => row.Outcome == DeploymentOutcome.Succeeded && row.FinishedAtMs > since && row.FinishedAtMs <= nowMs)
            .Where(row => !db.Set<RollbackDecisionRow>().Any(decision => decision.DeploymentId == row.Id))
            .ToListAsync(cancellationToken);
        var decided = 0;
        foreach (var row in rows)
        {
            var deployment = JsonSerializer.Deserialize<Deployment>(row.Body, StoreJson.Options)!;
            if (RollbackRules.IsWatched(deployment, now)
                && RollbackRules.Judge(await reader.ReadAsync(deployment.Service, deployment.FinishedAt!.Value, now, cancellationToken)) is { } trigger)
            {
                await DecideAsync(row, deployment, trigger, nowMs, cancellationToken);
                decided++;
            }
        }

        if (decided > 0)
        {
            db.Announce(nowMs, ("deployments", "all"));
            await db.SaveChangesAsync(cancellationToken);
        }

        return decided;
    }

    private async Task DecideAsync(DeploymentRow row, Deployment deployment, RollbackTrigger trigger, long nowMs, CancellationToken cancellationToken)
    {
        var hook = await db.Set<RollbackHookRow>().AsNoTracking().SingleOrDefaultAsync(one => one.Service == deployment.Service, cancellationToken);
        db.Add(new RollbackDecisionRow
        {
            DeploymentId = row.Id,
            Rule = trigger.Rule,
            Value = decimal.Round(trigger.Value, 6),
            Limit = trigger.Limit,
            DecidedAtMs = nowMs,
            Called = hook is not null,
        });
        if (hook is not null)
        {
            outbox.Enqueue(new OutgoingMessage
            {
                DedupeKey = $"rollback/{row.Id}",
                Channel = Channel.Webhook,
                Address = hook.Address,
                Subject = $"Roll back {deployment.Service} {deployment.Version}",
                Text = JsonSerializer.Serialize(
                    new { type = "rollback", service = deployment.Service, deployment = deployment.Id, version = deployment.Version, commit = deployment.Commit, rule = trigger.Rule, value = trigger.Value, limit = trigger.Limit, at = Instants.ToInstant(nowMs) },
                    StoreJson.Options),
                SigningSecret = hook.Secret,
            });
        }

        foreach (var incident in (await incidents.InAsync(nowMs, nowMs + 1, cancellationToken)).Where(one => one.EndMs is null && one.Touches(deployment.Service, "")))
        {
            timeline.Append(incident.Id, TimelineKind.Change, $"{DeploymentWords.Name(deployment)} is to be rolled back: {DeploymentWords.Why(trigger.Rule, trigger.Value, trigger.Limit)}", null, nowMs);
        }
    }
}
