using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Alerts.Desk;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts;

/// <summary>An alert as an integration would have told it.</summary>
/// <param name="ResolvedAt">Null: it fires.</param>
/// <param name="Silenced">By the silence recorded with it.</param>
public sealed record RecordedAlert(
    string Name,
    string Title,
    string Platform,
    string Service,
    AlertLevel Level,
    DateTimeOffset StartsAt,
    DateTimeOffset? ResolvedAt = null,
    int Repeats = 0,
    bool Silenced = false);

/// <summary>An integration with what it sent, for a story that is told and not measured.</summary>
public sealed record RecordedIntegration
{
    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Heartbeat { get; init; }

    public required HeartbeatTerms HeartbeatTerms { get; init; }

    /// <summary>Matchers and end of a silence.</summary>
    public required (IReadOnlyList<LabelMatcher> Matchers, DateTimeOffset EndsAt, string Reason) Silence { get; init; }

    /// <summary>None pages.</summary>
    public required IReadOnlyList<RecordedAlert> Alerts { get; init; }
}

/// <summary>Writes alerts of a story; nobody is paged for them. Runs in the caller's transaction.</summary>
public sealed class AlertRecord
{
    private readonly OpsDbContext db;

    internal AlertRecord(OpsDbContext db) => this.db = db;

    /// <summary>Replaces what the author recorded before.</summary>
    /// <param name="integration">Null: nothing takes its place.</param>
    public async Task ReplaceAsync(string author, RecordedIntegration? integration, long nowMs, CancellationToken cancellationToken)
    {
        var known = await db.Set<IntegrationRow>().Where(row => row.Author == author).Select(row => row.Id).ToListAsync(cancellationToken);
        var alerts = db.Set<AlertRow>().Where(row => row.IntegrationId != null && known.Contains(row.IntegrationId.Value));
        await db.Set<AlertOccurrenceRow>().Where(row => alerts.Any(alert => alert.Id == row.AlertId)).ExecuteDeleteAsync(cancellationToken);
        await alerts.ExecuteDeleteAsync(cancellationToken);
        await db.Set<HeartbeatRow>().Where(row => known.Contains(row.IntegrationId)).ExecuteDeleteAsync(cancellationToken);
        await db.Set<IntegrationRow>().Where(row => known.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
        await db.Set<SilenceRow>().Where(row => row.Author == author).ExecuteDeleteAsync(cancellationToken);
        if (integration is not null)
        {
            await WriteAsync(author, integration, nowMs, cancellationToken);
        }

        db.Announce(nowMs, ("alerts", "all"), ("alerts", "integrations"));
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task WriteAsync(string author, RecordedIntegration integration, long nowMs, CancellationToken cancellationToken)
    {
        // Nobody is told the key: who wants to send asks for a new one.
        var key = IntegrationKeys.Create();
        var row = new IntegrationRow
        {
            Name = integration.Name,
            KeyHash = IntegrationKeys.Hash(key),
            KeyHint = key[..6],
            StaleAfterSeconds = 5 * 3600,
            CreatedAtMs = integration.CreatedAt.ToUnixTimeMilliseconds(),
            Author = author,
            LastReceivedAtMs = nowMs,
            LastReceived = $"{integration.Alerts.Count(alert => alert.ResolvedAt is null)} alerts from Alertmanager",
            Received = integration.Alerts.Sum(alert => alert.Repeats + 1),
        };
        var silence = new SilenceRow
        {
            Matchers = JsonSerializer.Serialize(integration.Silence.Matchers, StoreJson.Options),
            StartsAtMs = nowMs,
            EndsAtMs = integration.Silence.EndsAt.ToUnixTimeMilliseconds(),
            Reason = integration.Silence.Reason,
            Author = author,
            CreatedAtMs = nowMs,
        };
        db.AddRange(row, silence);
        await db.SaveChangesAsync(cancellationToken);
        db.Add(new HeartbeatRow
        {
            IntegrationId = row.Id,
            Name = integration.Heartbeat,
            IntervalSeconds = integration.HeartbeatTerms.IntervalSeconds,
            GraceSeconds = integration.HeartbeatTerms.GraceSeconds,
            Level = AlertLevel.Warning,
            CreatedAtMs = row.CreatedAtMs,
            LastPingAtMs = nowMs,
            DueAtMs = integration.HeartbeatTerms.DueAtMs(row.CreatedAtMs, nowMs),
        });
        foreach (var alert in integration.Alerts)
        {
            Add(row.Id, silence.Id, alert, nowMs);
        }
    }

    private void Add(int integrationId, int silenceId, RecordedAlert alert, long nowMs)
    {
        var severity = ShippedScales.For(alert.Platform).Levels[(int)alert.Level].Name;
        var labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["alertname"] = alert.Name,
            ["platform"] = alert.Platform,
            ["service"] = alert.Service,
            ["severity"] = severity,
        };
        var key = AlertIdentity.KeyOf($"i{integrationId}", null, labels);
        var (starts, ends) = (alert.StartsAt.ToUnixTimeMilliseconds(), alert.ResolvedAt?.ToUnixTimeMilliseconds());
        var row = new AlertRow
        {
            Key = key,
            OpenKey = ends is null ? key : null,
            Source = AlertSource.Alertmanager,
            IntegrationId = integrationId,
            GroupKey = key,
            Title = alert.Title,
            Labels = AlertText.Write(labels),
            Annotations = "{}",
            Platform = alert.Platform,
            Service = alert.Service,
            Level = alert.Level,
            Severity = severity,
            // A story pages nobody.
            Action = alert.Level == AlertLevel.Info ? AlertAction.Record : AlertAction.Notify,
            StartsAtMs = starts,
            OpenedAtMs = starts,
            LastSeenAtMs = ends ?? nowMs,
            StaleAfterSeconds = 5 * 3600,
            ResolvedAtMs = ends,
            Repeats = alert.Repeats,
            Mute = alert.Silenced ? AlertMute.Silence : AlertMute.None,
            SilenceId = alert.Silenced ? silenceId : null,
        };
        db.Add(row);
        db.Add(new AlertOccurrenceRow { Key = key, Alert = row, StartsAtMs = starts, EndsAtMs = ends, EndSeenAtMs = ends, FirstSeenAtMs = starts, Repeats = alert.Repeats });
    }
}
