using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Kpis;

/// <summary>How often a KPI gets a value.</summary>
public enum KpiCadence
{
    Daily,

    /// <summary>Monday to Sunday, as ISO 8601 counts weeks.</summary>
    Weekly,
    Monthly,
    Quarterly,
}

/// <summary>In what a figure is counted.</summary>
public enum KpiUnit
{
    Count,

    /// <summary>A fraction, shown in percent.</summary>
    Ratio,
    Seconds,
    Minutes,
    Hours,
    Days,
    Weeks,
    Milliseconds,

    /// <summary>US dollars.</summary>
    Usd,

    /// <summary>So many times as much.</summary>
    Factor,

    /// <summary>Of a score, as an NPS.</summary>
    Points,
    PerDay,

    /// <summary>1 or 0.</summary>
    YesNo,
}

/// <summary>How a measured figure is set against where it began, for targets that are a change.</summary>
public enum KpiChange
{
    /// <summary>The figure itself is judged.</summary>
    None,

    /// <summary>(baseline − figure) / baseline.</summary>
    Reduction,

    /// <summary>(figure − baseline) / baseline.</summary>
    Increase,

    /// <summary>figure / baseline.</summary>
    Factor,
}

/// <summary>Where the executive page shows it.</summary>
public enum KpiBlock
{
    Business,
    Strategic,
    Risk,
    Investment,
}

/// <summary>A figure the business is steered by, as a contract asks for it or a person defined it.</summary>
public sealed record KpiDefinition
{
    /// <summary>A slug.</summary>
    public required string Id { get; init; }

    public required string Platform { get; init; }

    public required string Name { get; init; }

    /// <summary>The heading it stands under in its contract.</summary>
    public required string Group { get; init; }

    /// <summary>What is counted, in a sentence.</summary>
    public required string Measures { get; init; }

    /// <summary>Of what is measured.</summary>
    public required KpiUnit MeasuredIn { get; init; }

    public KpiChange Change { get; init; }

    public required KpiCadence Cadence { get; init; }

    /// <summary>A role.</summary>
    public required string Owner { get; init; }

    public IReadOnlyList<Clause> Clauses { get; init; } = [];

    /// <summary>The first target; later ones come by effective date.</summary>
    public required KpiAim Aim { get; init; }

    /// <summary>"Within 6 months": the first target's date follows from when the catalog was loaded.</summary>
    public int? WithinMonths { get; init; }

    public KpiBlock? Block { get; init; }

    /// <summary>Null: its values are handed in.</summary>
    public KpiComputation? Computed { get; init; }

    /// <summary>Of what is judged and shown.</summary>
    public KpiUnit Unit => Change switch
    {
        KpiChange.None => MeasuredIn,
        KpiChange.Reduction or KpiChange.Increase => KpiUnit.Ratio,
        KpiChange.Factor => KpiUnit.Factor,
    };
}

/// <summary>What a KPI is to come to, from an instant on.</summary>
/// <param name="Limit">In the unit of what is judged; null: it is watched without a target.</param>
/// <param name="Upper">For a range: both ends belong to it, and <paramref name="Comparison"/> says nothing.</param>
/// <param name="Baseline">Where it began, in the unit of what is measured; null: not known yet.</param>
/// <param name="DueOn">By when; null: from the beginning and always.</param>
public sealed record KpiAim(Comparison Comparison, decimal? Limit, decimal? Upper = null, decimal? Baseline = null, DateOnly? DueOn = null)
{
    public bool IsRange => Upper is not null;

    public bool HigherIsBetter => Comparison is Comparison.GreaterThan or Comparison.GreaterOrEqual;

    /// <summary>What is judged; null where the baseline is not known.</summary>
    public decimal? Derive(decimal? measured, KpiChange change) => (measured, change, Baseline) switch
    {
        (null, _, _) => null,
        (_, KpiChange.None, _) => measured,
        (_, _, null or <= 0) => null,
        (_, KpiChange.Reduction, { } from) => (from - measured) / from,
        (_, KpiChange.Increase, { } from) => (measured - from) / from,
        (_, KpiChange.Factor, { } from) => measured / from,
    };

    /// <summary>Null without a target.</summary>
    public bool? IsMetBy(decimal value) => (Limit, Upper) switch
    {
        (null, _) => null,
        ({ } low, { } high) => value >= low && value <= high,
        ({ } limit, null) => Holds(value, limit),
    };

    /// <summary>How far a value lies on the wrong side; 0 where the target is met or there is none.</summary>
    public decimal MissedBy(decimal value) => IsMetBy(value) is null or true ? 0
        : Upper is { } high && value > high ? value - high
        : Math.Abs(value - Limit!.Value);

    private bool Holds(decimal value, decimal limit) => Comparison switch
    {
        Comparison.LessThan => value < limit,
        Comparison.LessOrEqual => value <= limit,
        Comparison.GreaterThan => value > limit,
        Comparison.GreaterOrEqual => value >= limit,
    };
}
