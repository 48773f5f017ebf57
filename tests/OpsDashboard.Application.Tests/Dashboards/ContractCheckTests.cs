using OpsDashboard.Application.Dashboards.ContractCheck;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Application.Tests.Slos;
using OpsDashboard.Domain.Contracts;

namespace OpsDashboard.Application.Tests.Dashboards;

/// <summary>The disagreements the contracts are known for are found by rule in what the product holds.</summary>
public sealed class ContractCheckTests
{
    [Fact]
    public async Task ShippedContracts_Checked_ShowEveryKnownDisagreement()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);
        var found = (await stage.SendAsync(new GetContractCheck(), Caller.System)).Value.Findings;

        // In the order of the contracts' own list of what they disagree about.
        Assert.Equal(3, found.Count(finding => finding.Rule == ContractRule.PrintedDowntime));
        Holds(found, ContractRule.PrintedDowntime, "exact only in a month of 30 days", "figure:agent-mesh/downtime-free");
        Holds(found, ContractRule.PrintedDowntime, "365.25 / 12 days", "figure:agent-mesh/downtime-enterprise");
        Holds(found, ContractRule.RecoveryBreaksUptime, "99.9653 %. That is a 10 % credit", "slo:agent-mesh/data/rto-enterprise", "slo:agent-mesh/platform/uptime-enterprise");
        Holds(found, ContractRule.RecoveryBreaksUptime, "99.9653 %. That is a 10 % credit", "figure:agent-mesh/region-failover");
        Holds(found, ContractRule.DifferentNumbers, "Both are promised", "clock:agent-mesh/Sev 1/Respond", "clock:agent-mesh/Sev 1/SupportRespond/Enterprise");
        Holds(found, ContractRule.DifferentNumbers, "A promise of 4 hours and a goal of 1 h", "clock:agent-mesh/Sev 1/Resolve", "slo:agent-mesh/operations/mttr");
        Holds(found, ContractRule.MaintenanceAboveCap, "agent-mesh plans it, mlops forgives less", "figure:agent-mesh/maintenance-window");
        Holds(found, ContractRule.DifferentNumbers, "looser than what was promised", "slo:mlops/data-processing/pipeline-reliability", "slo:mlops/data-processing/pipeline-success");
        Holds(found, ContractRule.DifferentNumbers, "Both are aimed at", "kpi:mlops-features-active", "kpi:mlops-features-used");
        Holds(found, ContractRule.DifferentClocks, "Each platform keeps a scale of its own", "clock:mlops/P0/Respond");
        Holds(found, ContractRule.DifferentNumbers, "paged first", "rule:agent-mesh/api-error-rate-critical", "rollback:errorRate");

        // And what nobody had listed.
        Holds(found, ContractRule.DetectionLongerThanBudget, "4 min 19 s", "slo:agent-mesh/operations/mttd");
        Holds(found, ContractRule.RecoveryBreaksUptime, "99.9306 %", "slo:mlops/platform-infrastructure/mttr", "slo:mlops/model-serving-api/uptime");
        Assert.All(found, finding => Assert.All(finding.Figures.Where(figure => figure.Clause is not null), figure => Assert.NotEqual("", figure.Clause!.Quote)));
    }

    [Fact]
    public async Task Objective_MadeLooserThanItsPromise_IsFoundAtOnce()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);
        var edit = (await stage.SendAsync(new GetSloForEdit("mlops/platform-infrastructure/mttr"))).Value;
        var before = (await stage.SendAsync(new GetContractCheck("mlops"), Caller.System)).Value.Findings;
        Assert.Contains(before, finding => finding.Figures[0].Id == "slo:mlops/platform-infrastructure/mttr");

        var shorter = edit.Terms with { Threshold = edit.Terms.Threshold! with { Limit = 1_200 } };
        var saved = await stage.SendAsync(new EditSlo(edit.Id, edit.Version, shorter, null, "A recovery has to fit the month"));
        Assert.Null(saved.Failure);

        var after = (await stage.SendAsync(new GetContractCheck("mlops"), Caller.System)).Value.Findings;
        Assert.DoesNotContain(after, finding => finding is { Rule: ContractRule.RecoveryBreaksUptime });
    }

    private static void Holds(IReadOnlyList<ContractFinding> found, ContractRule rule, string words, params string[] figures) =>
        Assert.Contains(found, finding => finding.Rule == rule
            && finding.Why.Contains(words, StringComparison.Ordinal)
            && figures.All(id => finding.Figures.Any(figure => figure.Id == id)));
}
