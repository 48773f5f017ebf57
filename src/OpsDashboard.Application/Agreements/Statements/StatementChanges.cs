using System.Globalization;
using OpsDashboard.Domain.Agreements;

namespace OpsDashboard.Application.Agreements.Statements;

/// <summary>What a correction changes. Only what a customer is owed or was told counts: an incident that was renamed is no correction.</summary>
internal static class StatementChanges
{
    /// <returns>Empty where both say the same.</returns>
    public static IReadOnlyList<string> Between(Statement before, Statement now)
    {
        var changes = new List<string>();
        Time("Downtime", before.Seconds.Down, now.Seconds.Down);
        Time("Excluded time", before.Seconds.Excluded, now.Seconds.Excluded);
        Time("Time without measurement", before.Seconds.Unmeasured, now.Seconds.Unmeasured);
        if (before.CreditPercent != now.CreditPercent || before.CreditAmount != now.CreditAmount)
        {
            changes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Credit: {now.CreditPercent:0.##} % ({now.Terms.Currency} {now.CreditAmount:#,0.00}) instead of {before.CreditPercent:0.##} % ({before.Terms.Currency} {before.CreditAmount:#,0.00})."));
        }

        if (changes.Count == 0 && !Spans(before).SequenceEqual(Spans(now)))
        {
            changes.Add("The same downtime lies at other times.");
        }

        return changes;

        void Time(string what, long was, long isNow)
        {
            if (was != isNow)
            {
                changes.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {isNow / 60:#,0} min instead of {was / 60:#,0} min."));
            }
        }
    }

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To, IntervalKind Kind)> Spans(Statement statement) =>
        statement.Intervals.Select(interval => (interval.From, interval.To, interval.Kind));
}
