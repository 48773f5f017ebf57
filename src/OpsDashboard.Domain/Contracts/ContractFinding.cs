namespace OpsDashboard.Domain.Contracts;

public enum FindingKind
{
    /// <summary>Keeping one figure breaks the other, or a promise is not backed.</summary>
    Contradiction,

    /// <summary>Two numbers for what looks like one thing; both stand under their clauses.</summary>
    Difference,
}

/// <summary>The rule that found it.</summary>
public enum ContractRule
{
    RecoveryBreaksUptime,
    ObjectiveLooserThanAgreement,
    DetectionLongerThanBudget,
    PagingAboveRollback,
    DifferentNumbers,
    PrintedDowntime,
    MaintenanceAboveCap,
    DifferentClocks,
}

/// <param name="Figures">Those that do not fit, the one to look at first in front.</param>
public sealed record ContractFinding(ContractRule Rule, FindingKind Kind, string Title, string Why, IReadOnlyList<ContractFigure> Figures);
