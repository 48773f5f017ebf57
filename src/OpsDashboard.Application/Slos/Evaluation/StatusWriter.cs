using System.Data;
using System.Data.Common;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Evaluation;

/// <summary>A verdict on its way to the store.</summary>
internal sealed record Verdict(Objective Objective, SloStatus Status);

/// <summary>
/// Writes statuses, alert changes and the feed row in one transaction, and only while the lease is held.
/// </summary>
internal sealed class StatusWriter(IServiceScopeFactory scopes, Lease lease)
{
    private const string Update = """UPDATE "SloStatuses" SET "EvaluatedAtMs" = @at, "Status" = @status WHERE "SloId" = @slo""";

    /// <returns>False when another process holds the lease now; nothing was written.</returns>
    public async Task<bool> WriteAsync(IReadOnlyList<Verdict> verdicts, long nowMs, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            // What the objectives remember of their alerts changes only once the store has it.
            var afterCommit = new List<Action>();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await lease.FenceAsync(db, cancellationToken))
            {
                return false;
            }

            await WriteStatusesAsync(db, verdicts, nowMs, cancellationToken);
            foreach (var verdict in verdicts)
            {
                await WriteAlertsAsync(db, mediator, verdict, nowMs, afterCommit, cancellationToken);
            }

            db.Announce(nowMs, Subjects(verdicts));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            afterCommit.ForEach(remember => remember());
            return true;
        });
    }

    private static async Task WriteStatusesAsync(OpsDbContext db, IReadOnlyList<Verdict> verdicts, long nowMs, CancellationToken cancellationToken)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = Update;
        var at = Parameter(command, "@at", DbType.Int64);
        var json = Parameter(command, "@status", DbType.Binary);
        var slo = Parameter(command, "@slo", DbType.Int32);
        foreach (var verdict in verdicts)
        {
            at.Value = nowMs;
            json.Value = JsonSerializer.SerializeToUtf8Bytes(verdict.Status, StoreJson.Options);
            slo.Value = verdict.Objective.SloId;
            if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
            {
                db.Add(new SloStatusRow { SloId = verdict.Objective.SloId, EvaluatedAtMs = nowMs, Status = (byte[])json.Value });
            }
        }
    }

    private static DbParameter Parameter(DbCommand command, string name, DbType type)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.DbType = type;
        command.Parameters.Add(parameter);
        return parameter;
    }

    private static async Task WriteAlertsAsync(
        OpsDbContext db,
        IMediator mediator,
        Verdict verdict,
        long nowMs,
        List<Action> afterCommit,
        CancellationToken cancellationToken)
    {
        var open = verdict.Objective.OpenAlerts;
        foreach (var (alert, rule) in verdict.Status.Alerts.Zip(verdict.Objective.Current.Definition.AlertRules))
        {
            var name = StatusMapping.RuleName(rule);
            if (alert.Firing && !open.ContainsKey(name))
            {
                var since = alert.Since ?? DateTimeOffset.FromUnixTimeMilliseconds(nowMs);
                var row = new BurnAlertRow
                {
                    SloId = verdict.Objective.SloId,
                    Rule = name,
                    Severity = rule.Severity,
                    Threshold = rule.Threshold,
                    SinceMs = since.ToUnixTimeMilliseconds(),
                };
                db.Add(row);
                await db.SaveChangesAsync(cancellationToken);
                afterCommit.Add(() => open[name] = row.Id);
                await mediator.Publish(new BurnRateBreached(row.Id, verdict.Status.Id, rule, since), cancellationToken);
            }
            else if (!alert.Firing && open.TryGetValue(name, out var id))
            {
                await CloseAsync(db, id, nowMs, cancellationToken);
                afterCommit.Add(() => open.Remove(name));
                await mediator.Publish(
                    new BurnRateRecovered(id, verdict.Status.Id, rule, DateTimeOffset.FromUnixTimeMilliseconds(nowMs)),
                    cancellationToken);
            }
        }

        await CloseOrphansAsync(db, mediator, verdict, nowMs, afterCommit, cancellationToken);
    }

    /// <summary>An edit may have removed the rule of an alert that still fires.</summary>
    private static async Task CloseOrphansAsync(
        OpsDbContext db,
        IMediator mediator,
        Verdict verdict,
        long nowMs,
        List<Action> afterCommit,
        CancellationToken cancellationToken)
    {
        var open = verdict.Objective.OpenAlerts;
        if (open.Count == 0)
        {
            return;
        }

        var rules = verdict.Objective.Current.Definition.AlertRules.Select(StatusMapping.RuleName).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, id) in open.Where(alert => !rules.Contains(alert.Key)).ToList())
        {
            await CloseAsync(db, id, nowMs, cancellationToken);
            afterCommit.Add(() => open.Remove(name));
            var row = await db.Set<BurnAlertRow>().AsNoTracking().SingleAsync(alert => alert.Id == id, cancellationToken);
            await mediator.Publish(
                new BurnRateRecovered(id, verdict.Status.Id, StatusMapping.RuleOf(row), DateTimeOffset.FromUnixTimeMilliseconds(nowMs)),
                cancellationToken);
        }
    }

    private static Task<int> CloseAsync(OpsDbContext db, long alertId, long nowMs, CancellationToken cancellationToken) =>
        db.Set<BurnAlertRow>()
            .Where(row => row.Id == alertId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UntilMs, nowMs), cancellationToken);

    private static IEnumerable<(string Topic, string Key)> Subjects(IReadOnlyList<Verdict> verdicts)
    {
        foreach (var verdict in verdicts)
        {
            yield return ("slo", verdict.Status.Id);
        }

        foreach (var service in verdicts.Select(verdict => $"{verdict.Status.Platform}/{verdict.Status.Service}").Distinct(StringComparer.Ordinal))
        {
            yield return ("service", service);
        }

        foreach (var platform in verdicts.Select(verdict => verdict.Status.Platform).Distinct(StringComparer.Ordinal))
        {
            yield return ("platform", platform);
        }

        yield return ("dashboard", "operations");
    }
}
