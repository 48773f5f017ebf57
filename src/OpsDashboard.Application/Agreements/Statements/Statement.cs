using OpsDashboard.Domain.Agreements;

namespace OpsDashboard.Application.Agreements.Statements;

public enum StatementKind
{
    /// <summary>Of a month that is not closed: it may still change.</summary>
    Running,
    Original,

    /// <summary>Takes the place of what was stated before; that stays readable.</summary>
    Correction,
}

/// <summary>What a month came to for one customer's agreement, with all that its figures follow from. Holds nothing of any other customer.</summary>
public sealed record Statement
{
    public required string AgreementId { get; init; }

    public required string Agreement { get; init; }

    public required string CustomerId { get; init; }

    public required string Customer { get; init; }

    /// <summary>As 2026-11, UTC.</summary>
    public required string Month { get; init; }

    public required StatementKind Kind { get; init; }

    /// <summary>1: the statement; from 2 on its corrections; 0: running.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset DrawnUpAt { get; init; }

    public required int TermsVersion { get; init; }

    public required AgreementTerms Terms { get; init; }

    /// <summary>First instant that counts.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset Until { get; init; }

    public required StatementSeconds Seconds { get; init; }

    /// <summary>Fraction; null: nothing was measured.</summary>
    public required decimal? Uptime { get; init; }

    /// <summary>Null: nothing was measured.</summary>
    public required bool? Met { get; init; }

    /// <summary>Of the fee; while the month runs as if all that is to come were up.</summary>
    public required decimal CreditPercent { get; init; }

    public required decimal CreditAmount { get; init; }

    /// <summary>What further downtime would cost; null once the month is over, or where nothing worse is left.</summary>
    public StatementAhead? Ahead { get; init; }

    /// <summary>Ascending.</summary>
    public required IReadOnlyList<StatementInterval> Intervals { get; init; }

    public required IReadOnlyList<StatementObjective> Objectives { get; init; }

    /// <summary>Planned work of the bound services that touches the month.</summary>
    public required IReadOnlyList<StatementWindow> Maintenance { get; init; }

    /// <summary>Hours of which only sums are left, so that their downtime is an estimate.</summary>
    public required int EstimatedHours { get; init; }

    /// <summary>SHA-256, in hexadecimal, of the state of every minute of every bound objective, in their order.</summary>
    public required string MinutesHash { get; init; }

    /// <summary>What differs from the statement before, in sentences.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];
}

/// <summary>The counted time by what it was; the parts add up to the whole.</summary>
public sealed record StatementSeconds(long Counted, long Up, long Down, long Excluded, long ExcludedDown, long Unmeasured);

/// <param name="SecondsLeft">Downtime that may still be, in whole minutes.</param>
public sealed record StatementAhead(long SecondsLeft, decimal CreditPercent, decimal CreditAmount);

/// <param name="Slos">The objectives that were down.</param>
public sealed record StatementInterval(DateTimeOffset From, DateTimeOffset To, long Seconds, IntervalKind Kind, IReadOnlyList<string> Slos, IReadOnlyList<StatementIncident> Incidents);

/// <param name="Title">As on the status page; null where the public was told nothing.</param>
public sealed record StatementIncident(long Id, string Name, string? Title);

/// <param name="Version">Of the objective, by which its minutes were judged.</param>
/// <param name="GoodShare">Share of a minute's requests from which it is up.</param>
public sealed record StatementObjective(string Slo, string Name, string Service, int Version, decimal? GoodShare, decimal? Uptime, long DownSeconds, long UnmeasuredSeconds);

/// <param name="Service">Null: the whole platform.</param>
public sealed record StatementWindow(DateTimeOffset Start, DateTimeOffset End, DateTimeOffset AnnouncedAt, string Platform, string? Service, string Reason);
