using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Agreements;

/// <summary>A bound objective with what it measured and what was planned for its service.</summary>
/// <param name="Slo">Path platform/service/slo.</param>
/// <param name="Planned">All windows that touch the month.</param>
public sealed record ObjectiveMinutes(string Slo, MinuteStates States, IReadOnlyList<PlannedMaintenance> Planned);

/// <summary>The minutes of a month by what they were; together they are the minutes counted so far.</summary>
/// <param name="Up">Measured and up.</param>
/// <param name="Down">Down, and forgiven by nothing.</param>
/// <param name="Excluded">Forgiven as planned maintenance, up or down.</param>
/// <param name="ExcludedDown">Of the excluded, those that were down.</param>
/// <param name="Unmeasured">Nothing reported: neither up nor down.</param>
public sealed record MinuteCounts(int Up, int Down, int Excluded, int ExcludedDown, int Unmeasured)
{
    public int Counted => Up + Down + Excluded + Unmeasured;

    /// <summary>Denominator of the uptime.</summary>
    public int Total(ExclusionMode mode) => Up + Down + (mode == ExclusionMode.CountedAsUp ? Excluded : 0);
}

/// <summary>Why a minute that was down, or planned, counts or does not.</summary>
public enum IntervalKind
{
    /// <summary>Down, and counted.</summary>
    Downtime,

    /// <summary>Down inside planned maintenance that is forgiven.</summary>
    Excluded,

    /// <summary>Down inside a window that was announced too late: counted.</summary>
    AnnouncedLate,

    /// <summary>Down inside a window beyond the month's cap: counted.</summary>
    BeyondCap,
}

/// <summary>Minutes [Start, End) that were down without a break, all for the same reason.</summary>
/// <param name="Slos">The objectives that were down in any of them.</param>
public sealed record DownInterval(int Start, int End, IntervalKind Kind, IReadOnlyList<string> Slos)
{
    public int Minutes => End - Start;

    public bool Counts => Kind != IntervalKind.Excluded;
}

/// <summary>One bound objective counted alone.</summary>
/// <param name="Uptime">Null: nothing was measured.</param>
public sealed record ObjectiveFigures(string Slo, MinuteCounts Minutes, decimal? Uptime);

/// <summary>What a month came to under its terms, or came to so far.</summary>
public sealed record StatementFigures
{
    /// <summary>First minute that counts: the month's, or later where the agreement or the measuring began later.</summary>
    public required int From { get; init; }

    /// <summary>First minute that is not counted: the month's end, or the present.</summary>
    public required int Until { get; init; }

    public required MinuteCounts Minutes { get; init; }

    /// <summary>Minutes of the month still to come that will count; 0 once it is over.</summary>
    public required int Ahead { get; init; }

    /// <summary>Fraction; null: nothing was measured.</summary>
    public required decimal? Uptime { get; init; }

    /// <summary>Of the fee, for the uptime so far with all that is to come taken as up.</summary>
    public required decimal CreditPercent { get; init; }

    public required decimal CreditAmount { get; init; }

    public required IReadOnlyList<DownInterval> Intervals { get; init; }

    public required IReadOnlyList<ObjectiveFigures> Objectives { get; init; }

    /// <summary>What more downtime would cost; null where nothing worse is left, or the month is over.</summary>
    public required NextCredit? Next { get; init; }

    /// <summary>Whether the promise is kept, with all that is to come taken as up; null: nothing was measured.</summary>
    public required bool? Met { get; init; }
}

/// <summary>The next worse line of the credit table.</summary>
/// <param name="MinutesLeft">Whole minutes that may still be down before it is reached.</param>
/// <param name="Percent">Of the fee, once it is.</param>
public sealed record NextCredit(int MinutesLeft, decimal Percent, decimal Amount);
