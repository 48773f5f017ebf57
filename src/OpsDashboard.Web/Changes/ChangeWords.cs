using System.Globalization;
using OpsDashboard.Domain.Changes;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Changes;

/// <summary>Deployments and the five keys in words.</summary>
internal static class ChangeWords
{
    public static string Value(DoraKey key) => key switch
    {
        { Value: null } => Numbers.None,
        { Name: "Deployment frequency" } => PerDay(key.Value.Value),
        { Name: "Change failure rate" or "Rework rate" } => Numbers.Share(key.Value),
        _ => Numbers.Duration((long)key.Value.Value),
    };

    public static string Band(DoraBand band) => band switch
    {
        DoraBand.Elite => "elite",
        DoraBand.High => "high",
        DoraBand.Medium => "medium",
        DoraBand.Low => "low",
    };

    public static string Outcome(Deployment deployment) => deployment.Outcome switch
    {
        DeploymentOutcome.InProgress => "In progress",
        DeploymentOutcome.Succeeded => "Live",
        DeploymentOutcome.Failed => "Failed",
        DeploymentOutcome.RolledBack => "Rolled back",
    };

    public static StateKind State(Deployment deployment) => deployment.Outcome switch
    {
        DeploymentOutcome.InProgress => StateKind.Maintenance,
        DeploymentOutcome.Succeeded => StateKind.Healthy,
        DeploymentOutcome.Failed or DeploymentOutcome.RolledBack => StateKind.Breached,
    };

    /// <summary>The way it took, stage by stage: "ci 12 min, staging 8 min".</summary>
    public static string Stages(Deployment deployment) => string.Join(", ", deployment.Stages.OrderBy(stage => stage.StartedAt).Select(stage => stage switch
    {
        { Outcome: StageOutcome.Skipped } => $"{stage.Name} skipped",
        { EndedAt: { } end } => $"{stage.Name} {Numbers.Roughly(end - stage.StartedAt)}{(stage.Outcome == StageOutcome.Failed ? " failed" : "")}",
        _ => $"{stage.Name} {(stage.Outcome == StageOutcome.Failed ? "failed" : "running")}",
    }));

    private static string PerDay(decimal value) => value >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{value:0.#} a day")
        : string.Create(CultureInfo.InvariantCulture, $"{value * 7:0.#} a week");
}
