using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Dashboards.Executive;

/// <summary>The month an executive reads before a board meeting, with the twelve before it.</summary>
public sealed record ExecutiveMonth
{
    public required YearMonth Month { get; init; }

    /// <summary>False while the month runs or late samples may still arrive.</summary>
    public required bool IsClosed { get; init; }

    /// <summary>The thirteen months shown, oldest first.</summary>
    public required IReadOnlyList<YearMonth> Months { get; init; }

    /// <summary>The month in words, by rule from the figures.</summary>
    public required string Summary { get; init; }

    /// <summary>The contract's four; empty where the page is narrowed to a service.</summary>
    public required IReadOnlyList<ExecutiveBlock> Blocks { get; init; }

    public required KpiTally Kpis { get; init; }

    public required ExecutiveFigures Figures { get; init; }

    /// <summary>Figures of the month before; null where it has none.</summary>
    public ExecutiveFigures? Before { get; init; }

    /// <summary>Platforms, each followed by its services.</summary>
    public required IReadOnlyList<ComplianceLine> Compliance { get; init; }

    /// <summary>At most five, worst first.</summary>
    public required IReadOnlyList<MonthResult> WorstFive { get; init; }

    public required IReadOnlyList<BreachSentence> Breaches { get; init; }
}

/// <param name="Measured">Objectives with data.</param>
/// <param name="Met">Of those, the ones that kept their budget.</param>
/// <param name="BudgetSpent">Mean share of the month's budgets that was spent, each objective counted at most as one whole budget; null without data.</param>
public sealed record ExecutiveFigures(int Measured, int Met, int Breached, decimal? BudgetSpent)
{
    public decimal? Compliance => Measured == 0 ? null : (decimal)Met / Measured;
}

/// <summary>A platform or a service, and what each month came to.</summary>
/// <param name="Service">Null for the platform's own row.</param>
public sealed record ComplianceLine(string Platform, string? Service, IReadOnlyList<ComplianceCell> Cells);

public sealed record ComplianceCell(YearMonth Month, SloState State, int Met, int Measured);

/// <summary>One breach in plain words.</summary>
public sealed record BreachSentence(string SloId, string Sentence, Clause? Clause);
