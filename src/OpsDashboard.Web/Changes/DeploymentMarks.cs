using OpsDashboard.Application.Changes;
using OpsDashboard.Domain.Changes;
using OpsDashboard.Web.Ui;
using OpsDashboard.Web.Ui.Charts;

namespace OpsDashboard.Web.Changes;

/// <summary>Deployments on a chart of their service.</summary>
internal static class DeploymentMarks
{
    /// <summary>More marks than this hide the line they explain: then only the newest.</summary>
    private const int Most = 12;

    /// <param name="deployments">Newest first.</param>
    public static ChartSpec? On(ChartSpec? spec, IReadOnlyList<DeploymentEntry> deployments) => spec is null
        ? null
        : spec with
        {
            Marks =
            [
                .. spec.Marks,
                .. deployments.Select(entry => entry.Deployment)
                    .Where(one => one.IsProduction)
                    .Select(one => (At: (one.FinishedAt ?? one.StartedAt).ToUnixTimeMilliseconds(), One: one))
                    .Where(pair => pair.At > spec.From && pair.At < spec.To)
                    .Take(Most)
                    .Reverse()
                    .Select(pair => new ChartMark(pair.At, $"{pair.One.Version}{(pair.One.HasFailed ? $" {ChangeWords.Outcome(pair.One)}" : "")}", pair.One.HasFailed ? Tone.Warn : Tone.Info)),
            ],
        };
}
