using OpsDashboard.Application.Incidents.Alerts;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Demo;

/// <summary>What an Alertmanager of the story's platforms has told: warnings that fire, one that is silenced, and some that are over.</summary>
internal sealed class DemoAlerts(AlertRecord record) : IDemoChapter
{
    public Task WriteAsync(DateTimeOffset anchor, int historyDays, long nowMs, CancellationToken cancellationToken) => record.ReplaceAsync(
        DemoWorker.Author,
        new RecordedIntegration
        {
            Name = "Alertmanager of both platforms",
            CreatedAt = anchor.AddDays(-historyDays),
            Heartbeat = "monthly-restore-test",
            HeartbeatTerms = new HeartbeatTerms(31 * 86_400, 3 * 86_400),
            Silence = (
                [new LabelMatcher("alertname", MatchOperator.Equal, "QueueBacklog"), new LabelMatcher("service", MatchOperator.Matches, "data-.*")],
                anchor.AddDays(3),
                "The backlog of the re-import, gone by Wednesday"),
            Alerts =
            [
                new("ReplicaLag", "A replica of the feature store lags 40 s behind", "mlops", "feature-store", AlertLevel.Warning, anchor.AddHours(-3), Repeats: 1),
                new("CertificateRenewal", "The renewal of a certificate failed twice", "agent-mesh", "gateway", AlertLevel.Warning, anchor.AddHours(-9), Repeats: 2),
                new("QueueBacklog", "Batches wait longer than planned", "mlops", "data-processing", AlertLevel.Warning, anchor.AddHours(-20), Repeats: 5, Silenced: true),
                new("NodeRotation", "A node was replaced", "agent-mesh", "platform", AlertLevel.Info, anchor.AddHours(-1)),
                new("SlowDisk", "A disk of a training node is slow", "mlops", "training-pipeline", AlertLevel.Warning, anchor.AddDays(-2), anchor.AddDays(-2).AddMinutes(50)),
                new("CacheEvictions", "The policy cache evicts too early", "agent-mesh", "api-policy", AlertLevel.Warning, anchor.AddDays(-5), anchor.AddDays(-5).AddHours(3), 1),
            ],
        },
        nowMs,
        cancellationToken);

    public Task EraseAsync(long nowMs, CancellationToken cancellationToken) => record.ReplaceAsync(DemoWorker.Author, null, nowMs, cancellationToken);
}
