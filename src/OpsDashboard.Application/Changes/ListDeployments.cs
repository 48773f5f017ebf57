using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Changes.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Domain.Changes;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Changes;

/// <summary>Deployments that began in a span, newest first, with the rules they broke.</summary>
public sealed record ListDeployments : IQuery<IReadOnlyList<DeploymentEntry>>
{
    /// <summary>Most in one answer.</summary>
    public const int Most = 1_000;

    public static Access Access => Access.View;

    public string? Platform { get; init; }

    /// <summary>platform/service; a platform alone stands for all its services. Null: all.</summary>
    public IReadOnlyList<string>? Services { get; init; }

    public string? Team { get; init; }

    /// <summary>Null: 30 days back.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive; null: now.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <param name="Violations">Of the deployment process; empty where it was kept.</param>
/// <param name="Rollback">Null: no trigger was crossed while it was watched.</param>
public sealed record DeploymentEntry(Deployment Deployment, IReadOnlyList<PolicyViolation> Violations, RollbackDecision? Rollback);

/// <summary>That a deployment was to be taken back.</summary>
/// <param name="Why">"error rate 14 %, more than 10 %".</param>
/// <param name="Called">False: no address was there to be called.</param>
public sealed record RollbackDecision(string Rule, decimal Value, decimal Limit, string Why, DateTimeOffset At, bool Called);

internal sealed class ListDeploymentsHandler(OpsDbContext db, IDispatcher dispatcher, TimeProvider time) : IRequestHandler<ListDeployments, Outcome<IReadOnlyList<DeploymentEntry>>>
{
    private const int DefaultDays = 30;

    public async Task<Outcome<IReadOnlyList<DeploymentEntry>>> Handle(ListDeployments request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var deployments = await db.ReadDeploymentsAsync(request.From ?? now.AddDays(-DefaultDays), request.To ?? now.AddMinutes(5), request.Platform, request.Team, cancellationToken);
        var wanted = deployments.Where(one => request.Services is null || request.Services.Any(path => path == one.Service || one.Service.StartsWith($"{path}/", StringComparison.Ordinal))).ToList();
        var windows = wanted.Exists(one => one.HasImpact) ? await dispatcher.Send(new ListMaintenance { From = wanted.Min(one => one.StartedAt) }, cancellationToken) : null;
        var decisions = await DecisionsAsync(wanted, cancellationToken);
        return wanted.ConvertAll(one => new DeploymentEntry(one, DeploymentPolicy.Check(one, Announced(one, windows?.Value ?? [])), decisions.GetValueOrDefault((one.Service, one.Id))));
    }

    private async Task<Dictionary<(string Service, string Key), RollbackDecision>> DecisionsAsync(List<Deployment> deployments, CancellationToken cancellationToken)
    {
        if (deployments.Count == 0)
        {
            return [];
        }

        var since = deployments.Min(one => one.StartedAt).ToUnixTimeMilliseconds();
        var found = await db.Set<RollbackDecisionRow>().AsNoTracking()
            .Join(db.Set<DeploymentRow>().Where(row => row.StartedAtMs >= since), decision => decision.DeploymentId, row => row.Id, (decision, row) => new { row.Service, row.Key, Decision = decision })
            .ToListAsync(cancellationToken);
        return found.ToDictionary(
            one => (one.Service, one.Key),
            one => new RollbackDecision(
                one.Decision.Rule,
                one.Decision.Value,
                one.Decision.Limit,
                DeploymentWords.Why(one.Decision.Rule, one.Decision.Value, one.Decision.Limit),
                Instants.ToInstant(one.Decision.DecidedAtMs),
                one.Decision.Called));
    }

    private static IReadOnlyList<PlannedMaintenance> Announced(Deployment deployment, IReadOnlyList<MaintenanceWindow> windows)
    {
        var platform = deployment.Service.Split('/')[0];
        return
        [
            .. windows
                .Where(window => window.Platform == platform && (window.Service is null || $"{platform}/{window.Service}" == deployment.Service))
                .Select(window => new PlannedMaintenance(window.Start.ToUnixTimeMilliseconds(), window.End.ToUnixTimeMilliseconds(), window.AnnouncedAt.ToUnixTimeMilliseconds())),
        ];
    }
}

internal static class DeploymentReading
{
    /// <summary>Newest first, at most <see cref="ListDeployments.Most"/>.</summary>
    public static async Task<List<Deployment>> ReadDeploymentsAsync(
        this OpsDbContext db,
        DateTimeOffset from,
        DateTimeOffset to,
        string? platform,
        string? team,
        CancellationToken cancellationToken)
    {
        var (since, until, prefix) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds(), $"{platform}/");
        var bodies = await db.Set<DeploymentRow>().AsNoTracking()
            .Where(row => row.StartedAtMs >= since && row.StartedAtMs < until)
            .Where(row => platform == null || row.Service.StartsWith(prefix))
            .Where(row => team == null || row.Team == team)
            .OrderByDescending(row => row.StartedAtMs)
            .Take(ListDeployments.Most)
            .Select(row => row.Body)
            .ToListAsync(cancellationToken);
        return bodies.ConvertAll(body => JsonSerializer.Deserialize<Deployment>(body, StoreJson.Options)!);
    }
}

internal sealed class TrimDeployments : ITrim<ListDeployments, Outcome<IReadOnlyList<DeploymentEntry>>>
{
    public Outcome<IReadOnlyList<DeploymentEntry>> Trim(Outcome<IReadOnlyList<DeploymentEntry>> response, Scope scope) =>
        response.Value.Where(entry => scope.Covers(Touched.Of(entry.Deployment.Service))).ToList();
}
