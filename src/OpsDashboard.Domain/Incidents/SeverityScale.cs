using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Incidents;

public enum ClockKind
{
    /// <summary>Until somebody has acknowledged.</summary>
    Respond,

    /// <summary>Until a supporter answers the customer who reported it; its length depends on the customer's tier.</summary>
    SupportRespond,

    /// <summary>Until the severity is judged and the search for the cause begins.</summary>
    Triage,

    /// <summary>Until somebody has it in hand or the next level was called.</summary>
    Escalate,

    /// <summary>Until the next word to those affected; begins again with each.</summary>
    Communicate,

    /// <summary>Until the permanent fix.</summary>
    Resolve,
}

public enum ClockUnit
{
    Minutes,
    Hours,
    Days,
    Weeks,

    /// <summary>Opening hours of one working day; all other units run around the clock.</summary>
    BusinessDays,
}

/// <summary>A length as a contract writes it.</summary>
public readonly record struct ClockSpan
{
    public ClockSpan(int count, ClockUnit unit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        Unit = unit;
    }

    public int Count { get; }

    public ClockUnit Unit { get; }

    /// <summary>Milliseconds of running time under a calendar.</summary>
    public long RunningMs(BusinessCalendar calendar) => Unit switch
    {
        ClockUnit.Minutes => Count * 60_000L,
        ClockUnit.Hours => Count * 3_600_000L,
        ClockUnit.Days => Count * 86_400_000L,
        ClockUnit.Weeks => Count * 604_800_000L,
        ClockUnit.BusinessDays => Count * calendar.DayMs,
    };

    public override string ToString() => Count == 1 ? $"1 {Word[..^1]}" : $"{Count} {Word}";

    private string Word => Unit switch
    {
        ClockUnit.Minutes => "minutes",
        ClockUnit.Hours => "hours",
        ClockUnit.Days => "days",
        ClockUnit.Weeks => "weeks",
        ClockUnit.BusinessDays => "business days",
    };
}

/// <summary>What a contract promises about one clock of one severity.</summary>
/// <param name="Tier">Holds only for reports of customers of this tier; null: for every incident.</param>
/// <param name="Clause">Null where no contract says it and the figure is the product's own.</param>
public sealed record ClockTerm(ClockKind Kind, ClockSpan Span, Clause? Clause, string? Tier = null)
{
    /// <summary>Begins again with each stop.</summary>
    public bool Repeats => Kind == ClockKind.Communicate;
}

/// <param name="Name">The platform's own: P0, Sev 1.</param>
/// <param name="Word">Critical, High, Medium, Low.</param>
/// <param name="Rank">0 is the worst.</param>
/// <param name="Means">What falls under it, as the contract lists it.</param>
public sealed record SeverityLevel(string Name, string Word, int Rank, IReadOnlyList<string> Means, IReadOnlyList<ClockTerm> Clocks)
{
    /// <summary>The upper two severities: their pages cut through quiet hours, their acknowledgement expires, they end in a post-mortem.</summary>
    public bool IsUrgent => Rank <= 1;

    public ClockTerm? Term(ClockKind kind, string? tier = null) =>
        Clocks.FirstOrDefault(term => term.Kind == kind && (term.Tier is null || string.Equals(term.Tier, tier, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>The severities of one platform, worst first.</summary>
public sealed record SeverityScale(string Platform, IReadOnlyList<SeverityLevel> Levels)
{
    /// <summary>By name, whatever its case and spaces: "sev1" finds "Sev 1".</summary>
    public SeverityLevel? Find(string? name) => name is null ? null : Levels.FirstOrDefault(level => Bare(level.Name) == Bare(name));

    /// <exception cref="ArgumentException">The scale has no such severity.</exception>
    public SeverityLevel Get(string name) => Find(name) ?? throw new ArgumentException($"{Platform} has no severity {name}.", nameof(name));

    private static string Bare(string name) => name.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
}
