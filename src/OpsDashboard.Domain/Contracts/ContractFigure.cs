using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Contracts;

/// <summary>What a figure does in the contract; the rules look for these.</summary>
public enum FigureRole
{
    /// <summary>A limit or a target that is only compared with others of its measure.</summary>
    Target,

    /// <summary>Share of a window in which a service must be up.</summary>
    Uptime,

    /// <summary>Uptime a customer was promised, of a calendar month.</summary>
    Agreement,

    /// <summary>How long a recovery, and so an outage, may take.</summary>
    Recovery,

    /// <summary>How long an outage may go unseen.</summary>
    Detection,

    /// <summary>From where on somebody is paged.</summary>
    Paging,

    /// <summary>From where on a deployment is taken back.</summary>
    Rollback,

    /// <summary>A clock of an incident.</summary>
    Clock,

    /// <summary>A downtime a contract prints beside an uptime, per month.</summary>
    PrintedDowntime,

    /// <summary>Maintenance a contract plans in a month.</summary>
    PlannedMaintenance,

    /// <summary>Most maintenance a contract forgives in a month.</summary>
    MaintenanceCap,
}

public enum FigureUnit
{
    /// <summary>0 to 1, shown in percent.</summary>
    Fraction,
    Seconds,

    /// <summary>In a unit of its own, see <see cref="ContractFigure.UnitWord"/>.</summary>
    Number,
}

/// <summary>Who holds whom to a figure.</summary>
public enum Standing
{
    /// <summary>Promised to others.</summary>
    Promise,

    /// <summary>Aimed at.</summary>
    Goal,
}

/// <summary>One figure of a contract as the product has it now: an objective, a clock, a threshold, a KPI, an agreement, or a quotation.</summary>
public sealed record ContractFigure
{
    /// <summary>Kind and id, as <c>slo:agent-mesh/data/rto-enterprise</c>.</summary>
    public required string Id { get; init; }

    public required string Platform { get; init; }

    public required FigureRole Role { get; init; }

    /// <summary>Figures of one measure speak of the same thing.</summary>
    public required string Measure { get; init; }

    public required string Name { get; init; }

    /// <summary>Holds for customers of this tier only; null: for all.</summary>
    public string? Tier { get; init; }

    public required FigureUnit Unit { get; init; }

    /// <summary>For <see cref="FigureUnit.Number"/>; null for bare counts.</summary>
    public string? UnitWord { get; init; }

    public required decimal Value { get; init; }

    /// <summary>As the contract words it, where that says more than the number: 1 business day.</summary>
    public string? Said { get; init; }

    /// <summary>Where it is set in the product; null where only the contract has it.</summary>
    public string? Href { get; init; }

    /// <summary>The greatest value where the figure is a range.</summary>
    public decimal? Upper { get; init; }

    public required Standing Standing { get; init; }

    /// <summary>More is the stricter promise; less otherwise.</summary>
    public bool HigherIsStricter { get; init; }

    /// <summary>Null where no contract says it: set by a person.</summary>
    public Clause? Clause { get; init; }

    /// <summary>Days of the window an uptime is kept over; 30 stands for a calendar month.</summary>
    public int WindowDays { get; init; } = 30;

    /// <summary>Objectives an agreement counts; the objective a printed downtime belongs to.</summary>
    public IReadOnlyList<string> Of { get; init; } = [];

    /// <summary>What falls due when an uptime is missed; empty: nothing.</summary>
    public IReadOnlyList<CreditBand> Credits { get; init; } = [];

    /// <summary>A printed figure is exact to so many seconds.</summary>
    public decimal PrecisionSeconds { get; init; }

    public bool IsStricterThan(ContractFigure other) => HigherIsStricter ? Value > other.Value : Value < other.Value;

    /// <summary>Whether two figures can hold for one customer.</summary>
    public bool MeetsTierOf(ContractFigure other) => Tier is null || other.Tier is null || Tier == other.Tier;
}
