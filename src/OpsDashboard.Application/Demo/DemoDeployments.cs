using OpsDashboard.Application.Changes;
using OpsDashboard.Domain.Changes;

namespace OpsDashboard.Application.Demo;

/// <summary>The story's deployments: weekly releases, the one that broke the service and was taken back, the one that made sign-ins slow.</summary>
internal sealed class DemoDeployments(DeploymentRecord record) : IDemoChapter
{
    public Task WriteAsync(DateTimeOffset anchor, int historyDays, long nowMs, CancellationToken cancellationToken)
    {
        var story = new DemoStory(anchor);
        return record.ReplaceAsync(DemoWorker.Author, [.. story.Deployments.Where(one => one.At >= anchor.AddDays(-historyDays)).Select(Tell)], nowMs, cancellationToken);
    }

    public Task EraseAsync(long nowMs, CancellationToken cancellationToken) => record.ReplaceAsync(DemoWorker.Author, [], nowMs, cancellationToken);

    private static Deployment Tell(DemoDeployment one)
    {
        var team = one.ServiceId == DemoStory.Serving ? "Serving team" : "Identity team";
        var rollback = one.RolledBackAt;
        return new Deployment
        {
            Id = $"{one.ServiceId.Split('/')[1]}-{one.Version}",
            Service = one.ServiceId,
            Version = one.Version,
            CommittedAt = one.At.AddHours(-20),
            Author = one.Author,
            Team = team,
            // The release that broke the service had one pair of eyes only.
            Approvals = rollback is null ? [$"Lead, {team}", "Architect on duty"] : ["Architect on duty"],
            Stages =
            [
                Stage("review", -20 * 60, 90),
                Stage("ci", -60, 14),
                Stage("staging", -40, 12),
                Stage("smoke", -26, 6),
                Stage("production", 0, 8),
                rollback is { } back ? new DeploymentStage("rollback", StageOutcome.Passed, back.AddMinutes(-4), back) : Stage("soak", 8, 30),
            ],
            StartedAt = one.At.AddMinutes(-5),
            FinishedAt = one.At.AddMinutes(8),
            Outcome = rollback is null ? DeploymentOutcome.Succeeded : DeploymentOutcome.RolledBack,
            RecoveredAt = rollback,
        };

        DeploymentStage Stage(string name, int after, int minutes) => new(name, StageOutcome.Passed, one.At.AddMinutes(after), one.At.AddMinutes(after + minutes));
    }
}
