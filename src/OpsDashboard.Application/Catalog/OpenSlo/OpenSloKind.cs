namespace OpsDashboard.Application.Catalog.OpenSlo;

/// <summary>The kinds of OpenSLO v1, in the order in which they are written.</summary>
public enum OpenSloKind
{
    DataSource,
    Service,
    Sli,
    AlertCondition,
    AlertNotificationTarget,
    AlertPolicy,
    Slo,
}

/// <summary>The words of the specification for what the model holds as enums.</summary>
internal static class OpenSloWords
{
    public static readonly IReadOnlyList<(string Word, OpenSloKind Value)> Kinds =
    [
        ("DataSource", OpenSloKind.DataSource),
        ("SLO", OpenSloKind.Slo),
        ("SLI", OpenSloKind.Sli),
        ("AlertPolicy", OpenSloKind.AlertPolicy),
        ("AlertCondition", OpenSloKind.AlertCondition),
        ("AlertNotificationTarget", OpenSloKind.AlertNotificationTarget),
        ("Service", OpenSloKind.Service),
    ];

    public static readonly IReadOnlyList<(string Word, Domain.Slos.BudgetingMethod Value)> BudgetingMethods =
    [
        ("Occurrences", Domain.Slos.BudgetingMethod.Occurrences),
        ("Timeslices", Domain.Slos.BudgetingMethod.Timeslices),
        ("RatioTimeslices", Domain.Slos.BudgetingMethod.RatioTimeslices),
    ];

    public static readonly IReadOnlyList<(string Word, Domain.Slos.Comparison Value)> Operators =
    [
        ("lte", Domain.Slos.Comparison.LessOrEqual),
        ("gte", Domain.Slos.Comparison.GreaterOrEqual),
        ("lt", Domain.Slos.Comparison.LessThan),
        ("gt", Domain.Slos.Comparison.GreaterThan),
    ];

    public static readonly IReadOnlyList<(string Word, OpenSloRawType Value)> RawTypes =
        [("success", OpenSloRawType.Success), ("failure", OpenSloRawType.Failure)];

    public static string Of<T>(IReadOnlyList<(string Word, T Value)> words, T value)
        where T : struct, Enum
        => words.First(w => EqualityComparer<T>.Default.Equals(w.Value, value)).Word;

    public static string Of(OpenSloKind kind) => Of(Kinds, kind);
}
