using OpsDashboard.Domain.Contracts;

namespace OpsDashboard.Web.Dashboards.ContractCheck;

internal static class ContractCheckWords
{
    public static string Explain(FindingKind kind) => kind == FindingKind.Contradiction
        ? "Keeping one figure breaks another, or a promise is not backed."
        : "Both stand under their own clauses; nothing was merged.";

    public static string Word(ContractFigure figure) => figure.Standing == Standing.Goal ? "aimed at" : "promised";

    public static string Of(ContractRule rule) => rule switch
    {
        ContractRule.RecoveryBreaksUptime => "one recovery of the allowed length must fit the downtime an uptime leaves in its window.",
        ContractRule.ObjectiveLooserThanAgreement => "an objective behind an agreement is at least as strict as the agreement.",
        ContractRule.DetectionLongerThanBudget => "an outage is to be seen before it has spent the whole budget.",
        ContractRule.PagingAboveRollback => "somebody is paged no later than a deployment is taken back.",
        ContractRule.DifferentNumbers => "figures of one measure agree; what holds for all is set against the strictest tier.",
        ContractRule.PrintedDowntime => "a downtime printed per month fits every month of 28 to 31 days.",
        ContractRule.MaintenanceAboveCap => "planned maintenance fits what is forgiven in a month.",
        ContractRule.DifferentClocks => "platforms whose severities share a scale run the same clocks.",
    };
}
