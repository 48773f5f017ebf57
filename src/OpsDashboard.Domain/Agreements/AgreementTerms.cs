using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Agreements;

/// <summary>How the bound objectives become one uptime.</summary>
public enum AgreementMeasure
{
    /// <summary>A minute is down when any bound objective was down in it.</summary>
    AllUp,

    /// <summary>Each objective is counted alone; the lowest uptime is the agreement's.</summary>
    WorstObjective,
}

/// <summary>What was agreed with a customer, from an instant on. Every figure of a statement follows from these terms and from stored minutes.</summary>
public sealed record AgreementTerms
{
    /// <summary>Tier the customer pays for; null where the contract knows none.</summary>
    public string? Tier { get; init; }

    /// <summary>Paths platform/service/slo; each counts its minutes up or down.</summary>
    public required IReadOnlyList<string> Slos { get; init; }

    public AgreementMeasure Measure { get; init; } = AgreementMeasure.AllUp;

    /// <summary>Uptime promised: a fraction strictly between 0 and 1, of a calendar month in UTC.</summary>
    public required decimal Target { get; init; }

    /// <summary>Planned maintenance that is forgiven; null: none.</summary>
    public MaintenanceTerms? Exclusions { get; init; }

    /// <summary>Without gap or overlap, down to 0; empty: the agreement grants no credit.</summary>
    public IReadOnlyList<CreditBand> Credits { get; init; } = [];

    /// <summary>What a month costs, in <see cref="Currency"/>.</summary>
    public required decimal MonthlyFee { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>Where the terms stand in the contract.</summary>
    public IReadOnlyList<Clause> Clauses { get; init; } = [];

    /// <summary>Credit for an uptime of <paramref name="up"/> of <paramref name="total"/> minutes, in percent of the fee.</summary>
    public decimal CreditPercent(long up, long total) => Credits.Count == 0 ? 0 : new ServiceCredits(Credits).PercentFor(up, total);

    /// <summary>Percent of the fee in money, to the cent; half a cent goes to the customer.</summary>
    public decimal CreditAmount(decimal percent) => decimal.Round(MonthlyFee * percent / 100, 2, MidpointRounding.AwayFromZero);
}
