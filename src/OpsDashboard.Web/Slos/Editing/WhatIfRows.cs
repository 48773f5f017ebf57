using System.Globalization;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Slos.Editing;

/// <summary>One line of the comparison.</summary>
/// <param name="Reason">Why it is worse; null where it is not, or where the line says it itself.</param>
internal sealed record WhatIfRow(string Label, string Before, string After, Trend Trend = Trend.Same, string? Reason = null);

/// <summary>A what-if as lines to compare, with the reason beside whatever gets worse.</summary>
internal static class WhatIfRows
{
    public static IReadOnlyList<WhatIfRow> Of(SloWhatIf whatIf, SliKind kind)
    {
        var (before, after) = (whatIf.Before, whatIf.After);
        return
        [
            new("State", Word(before), Word(after), Compare(-Rank(before.State), -Rank(after.State)), after.State == SloState.Breached ? Spent(after, kind) : null),
            Sli(before, after),
            new("Budget", Total(before, kind), Total(after, kind)),
            new("Budget as full outage", Numbers.Duration((long)before.AllowedDowntimeSeconds), Numbers.Duration((long)after.AllowedDowntimeSeconds)),
            new("Budget left", Numbers.BudgetLeft(before.Budget.RemainingRatio), Numbers.BudgetLeft(after.Budget.RemainingRatio), Compare(before.Budget.RemainingRatio, after.Budget.RemainingRatio), Spent(after, kind)),
            Months(before, after),
            Alerts(before, after),
        ];
    }

    private static WhatIfRow Sli(WhatIfSide before, WhatIfSide after)
    {
        var changed = TermField.Changed(before.Terms, after.Terms).Where(field => field.Name is "threshold" or "budgetingMethod" or "timeSliceTarget" or "window" or "maintenance");
        var reason = string.Join("; ", changed.Select(field => $"{field.Label.ToLowerInvariant()} {field.Say(after.Terms)}"));
        return new(
            "SLI",
            Numbers.Availability(before.Sli, before.Terms.Target),
            Numbers.Availability(after.Sli, after.Terms.Target),
            Compare(before.Sli, after.Sli),
            reason.Length == 0 ? null : reason);
    }

    private static WhatIfRow Months(WhatIfSide before, WhatIfSide after)
    {
        var missed = after.Months.Where(month => month.Breached == true && before.Months.All(other => other.Month != month.Month || other.Breached != true)).Select(month => Name(month.Month)).ToList();
        return new(
            "Months missed of the last 12",
            Count(before.MonthsBreached, before.MonthsMeasured),
            Count(after.MonthsBreached, after.MonthsMeasured),
            Compare(-before.MonthsBreached, -after.MonthsBreached),
            missed.Count == 0 ? null : $"also {string.Join(", ", missed)}");
    }

    private static WhatIfRow Alerts(WhatIfSide before, WhatIfSide after)
    {
        var most = after.Alerts.MaxBy(alert => alert.Firings ?? 0);
        return new(
            "Alerts in 30 days",
            before.AlertsFired is { } was ? Numbers.Count(was) : Numbers.None,
            after.AlertsFired is { } now ? Numbers.Count(now) : Numbers.None,
            Compare(-before.AlertsFired, -after.AlertsFired),
            most is { Firings: > 0 } ? $"{SloText.Span(most.LongWindowMinutes)}/{SloText.Span(most.ShortWindowMinutes)} over {most.Threshold.ToString("0.####", CultureInfo.InvariantCulture)}× fired {(most.Firings == 1 ? "once" : $"{most.Firings} times")}" : null);
    }

    private static string Word(WhatIfSide side) => SloText.Shown(side.State).Word();

    private static int Rank(SloState state) => state switch
    {
        SloState.Healthy => 0,
        SloState.NoData => 1,
        SloState.AtRisk => 2,
        SloState.Breached => 3,
    };

    private static string Total(WhatIfSide side, SliKind kind) => side.Budget.Unit == "seconds"
        ? Numbers.Duration((long)side.Budget.Total)
        : $"{side.Budget.Total.ToString("#,0.#", CultureInfo.InvariantCulture)} {SloText.Noun(kind, side.Terms.BudgetingMethod)}";

    private static string Spent(WhatIfSide side, SliKind kind) =>
        $"{SloText.Amount(side.Budget.Consumed, side.Budget.Unit)} of {Total(side, kind)} spent";

    private static string Count(int? breached, int measured) => breached is { } count
        ? string.Create(CultureInfo.InvariantCulture, $"{count} of {measured} measured")
        : "none measured";

    private static string Name(string month) =>
        DateTime.ParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture).ToString("MMM yyyy", CultureInfo.InvariantCulture);

    private static Trend Compare(decimal? before, decimal? after) => (before, after) switch
    {
        (null, _) or (_, null) => Trend.Same,
        var (was, now) when now < was => Trend.Worse,
        var (was, now) when now > was => Trend.Better,
        _ => Trend.Same,
    };
}
