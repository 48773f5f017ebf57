using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Changes;

/// <summary>A rule of the deployment process that a deployment broke.</summary>
/// <param name="Rule">As a stable word.</param>
public sealed record PolicyViolation(string Rule, string Message, Clause Clause);

/// <summary>The deployment process of the agent mesh (6.1), which holds for every deployment to production.</summary>
public static class DeploymentPolicy
{
    public const int Approvals = 2;

    private const string Document = "SLA Playbook & Enterprise Hardening";
    private const string Standard = "6.1 Deployment Process / Standard Deployment";
    private const string Hotfix = "6.1 Deployment Process / Emergency Hotfix";

    public static TimeSpan Soak { get; } = TimeSpan.FromMinutes(30);

    /// <param name="announced">Planned windows of its platform or service.</param>
    /// <returns>Empty for a deployment that is not to production.</returns>
    public static IReadOnlyList<PolicyViolation> Check(Deployment deployment, IReadOnlyList<PlannedMaintenance> announced)
    {
        if (!deployment.IsProduction)
        {
            return [];
        }

        var found = new List<PolicyViolation>();
        var others = deployment.Approvals.Where(name => !string.Equals(name, deployment.Author, StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        Require(others >= Approvals, "approvals", $"{others} of {Approvals} approvals by others than its author.", Standard, "Code review (2 approvals required)");
        Require(!deployment.IsHotfix || !string.IsNullOrWhiteSpace(deployment.HotfixApprovedBy), "hotfixApproval", "An emergency hotfix without the approval of the VP Engineering.", Hotfix, "approval from VP Engineering required");
        Require(Passed("ci"), "ci", "No passed run of the automated tests.", Standard, "CI/CD pipeline (automated tests)");
        Require(deployment.IsHotfix || Passed("staging"), "staging", "Staging was skipped.", Standard, "Staging deployment");
        Require(deployment.IsHotfix || Passed("smoke"), "smoke", "No passed smoke tests.", Standard, "Smoke tests");
        Require(deployment.Outcome != DeploymentOutcome.Succeeded || SoakedFor() >= Soak, "soak", "Called a success before 30 minutes of watching were over.", Standard, "Monitoring (30-minute soak period)");
        Require(!deployment.HasImpact || IsAnnounced(deployment, announced), "window", "Users notice it, and no maintenance window announced 72 hours ahead holds it.", "6.1 Deployment Process / Scheduled Maintenance", "Notification: 72 hours advance");
        return found;

        bool Passed(string name) => deployment.Stages.Any(stage => Is(stage, name) && stage.Outcome == StageOutcome.Passed && stage.StartedAt <= ProductionAt(deployment));

        TimeSpan SoakedFor() => deployment.Stages.Where(stage => Is(stage, "soak")).Select(stage => (stage.EndedAt ?? stage.StartedAt) - stage.StartedAt).DefaultIfEmpty(TimeSpan.Zero).Max();

        void Require(bool holds, string rule, string message, string section, string quote)
        {
            if (!holds)
            {
                found.Add(new PolicyViolation(rule, message, new Clause(Document, section, quote)));
            }
        }
    }

    private static bool Is(DeploymentStage stage, string name) => string.Equals(stage.Name, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>A check that ran only after production was reached checked nothing.</summary>
    private static DateTimeOffset ProductionAt(Deployment deployment) =>
        deployment.Stages.Where(stage => Is(stage, Deployment.Production)).Select(stage => (DateTimeOffset?)stage.StartedAt).Min() ?? DateTimeOffset.MaxValue;

    private static bool IsAnnounced(Deployment deployment, IReadOnlyList<PlannedMaintenance> announced)
    {
        var at = deployment.StartedAt.ToUnixTimeMilliseconds();
        const long notice = 72L * 3_600_000;
        return announced.Any(window => window.Start <= at && at < window.End && window.AnnouncedAt <= window.Start - notice);
    }
}
