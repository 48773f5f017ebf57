using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Changes.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Changes;

namespace OpsDashboard.Application.Changes;

/// <summary>Deployments that come with a history, in the caller's transaction; programs tell theirs by request.</summary>
public sealed class DeploymentRecord
{
    private readonly OpsDbContext db;

    internal DeploymentRecord(OpsDbContext db) => this.db = db;

    /// <summary>Replaces what this author recorded before.</summary>
    public async Task ReplaceAsync(string author, IReadOnlyList<Deployment> deployments, long nowMs, CancellationToken cancellationToken)
    {
        await db.Set<DeploymentRow>().Where(row => row.Origin == author).ExecuteDeleteAsync(cancellationToken);
        db.AddRange(deployments.Select(deployment => ToRow(deployment, author)));
        db.Announce(nowMs, ("deployments", "all"), ("dashboard", "development"));
        await db.SaveChangesAsync(cancellationToken);
    }

    internal static DeploymentRow ToRow(Deployment deployment, string origin) => new()
    {
        Key = deployment.Id,
        Service = deployment.Service,
        Environment = deployment.Environment,
        Version = deployment.Version,
        Team = deployment.Team,
        StartedAtMs = deployment.StartedAt.ToUnixTimeMilliseconds(),
        FinishedAtMs = deployment.FinishedAt?.ToUnixTimeMilliseconds(),
        Outcome = deployment.Outcome,
        Body = JsonSerializer.Serialize(deployment, StoreJson.Options),
        Origin = origin,
    };

    internal static void Take(DeploymentRow row, Deployment told)
    {
        var fresh = ToRow(told, row.Origin);
        row.Environment = fresh.Environment;
        row.Version = fresh.Version;
        row.Team = fresh.Team;
        row.StartedAtMs = fresh.StartedAtMs;
        row.FinishedAtMs = fresh.FinishedAtMs;
        row.Outcome = fresh.Outcome;
        row.Body = fresh.Body;
    }
}
