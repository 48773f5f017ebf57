namespace OpsDashboard.Domain.Slos;

public enum ExclusionMode
{
    /// <summary>Excluded time leaves numerator and denominator.</summary>
    Removed,

    /// <summary>Excluded time stays in the denominator and counts as good.</summary>
    CountedAsUp,
}

/// <summary>Which planned maintenance an SLO forgives.</summary>
/// <param name="CapPerMonthSeconds">Most seconds forgiven in a calendar month (UTC); null: no cap.</param>
/// <param name="NoticeSeconds">How long before its start a window must have been announced; 0: no rule.</param>
public sealed record MaintenanceTerms(ExclusionMode Mode, long? CapPerMonthSeconds, long NoticeSeconds);
