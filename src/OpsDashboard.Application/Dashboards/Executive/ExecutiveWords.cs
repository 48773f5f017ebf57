using System.Globalization;
using System.Text;
using OpsDashboard.Application.Agreements.Statements;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Dashboards.Executive;

/// <summary>Sentences made by rule from figures; nothing in them that is not counted.</summary>
internal static class ExecutiveWords
{
    private const int MostNames = 5;

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static string Summary(
        YearMonth month,
        bool closed,
        ExecutiveFigures figures,
        ExecutiveFigures? before,
        IReadOnlyList<MonthResult> breaches)
    {
        var name = month.Start.ToString("MMMM yyyy", English);
        if (figures.Measured == 0)
        {
            return $"Nothing was measured in {name}.";
        }

        var text = new StringBuilder();
        text.Append(English, $"{(closed ? "In" : "So far in")} {name} {figures.Met} of {figures.Measured} objectives {(closed ? "kept" : "keep")} within their error budget");
        text.Append(before is null ? "." : Change(figures, before, month.Plus(-1)));
        if (breaches.Count > 0)
        {
            var services = breaches.Select(breach => breach.Definition.Service).Distinct(StringComparer.Ordinal).ToList();
            text.Append(English, $" {Several(breaches.Count, "breach", "breaches")} on {Several(services.Count, "service", "services")}: {string.Join(", ", services)}.");
        }

        if (figures.BudgetSpent is { } spent)
        {
            text.Append(English, $" On average {Percent(spent, 0)} of an objective's budget {(closed ? "was" : "is")} spent.");
        }

        return text.ToString();
    }

    /// <summary>How the KPIs came out, and which of them turned since the month before.</summary>
    public static string Kpis(YearMonth month, bool isOver, KpiTally tally, IReadOnlyList<KpiMonth> kpis)
    {
        var told = tally.All - tally.NeverTold;
        if (told == 0)
        {
            return "";
        }

        var text = new StringBuilder();
        text.Append(English, $" Of {Several(told, "KPI", "KPIs")} with values {tally.OnTarget} {Verb(tally.OnTarget, "met", "meet")} the target, {tally.AtRisk} {Verb(tally.AtRisk, "came", "come")} close, {tally.Missed} {Verb(tally.Missed, "missed", "miss")} it");
        text.Append(tally.Unjudged > 0 ? string.Create(English, $", {tally.Unjudged} {(tally.Unjudged == 1 ? "has" : "have")} no target or nothing to judge.") : ".");
        Name(text, "Turned to missed since {0}", month, kpis.Where(kpi => kpi is { State: KpiState.Missed, StateBefore: KpiState.OnTarget or KpiState.AtRisk }));
        Name(text, "Turned to on target since {0}", month, kpis.Where(kpi => kpi is { State: KpiState.OnTarget, StateBefore: KpiState.Missed or KpiState.AtRisk }));
        Name(text, "No value was handed in", month, kpis.Where(kpi => kpi is { State: KpiState.Missing, IsNeverTold: false, IsAwaited: false }));
        text.Append(tally.Awaited > 0 ? string.Create(English, $" {Several(tally.Awaited, "value is", "values are")} still awaited.") : "");
        text.Append(tally.NeverTold > 0 ? string.Create(English, $" {Several(tally.NeverTold, "KPI has", "KPIs have")} no value at all yet.") : "");
        return text.ToString();

        string Verb(int count, string past, string now) => isOver ? past : count == 1 ? now + (now.EndsWith('s') ? "es" : "s") : now;
    }

    public static string Credits(YearMonth month, IReadOnlyList<MonthCredit> credits)
    {
        if (credits.Count == 0)
        {
            return "";
        }

        var due = credits.Where(credit => credit.Amount > 0).ToList();
        return due.Count == 0
            ? $" No service credit is due for {month.Start.ToString("MMMM", English)}."
            : string.Create(English, $" Service credits of {string.Join(" and ", due.Select(credit => $"{credit.Amount.ToString("#,0.##", English)} {credit.Currency}"))} are due to {Several(due.Sum(credit => credit.Due), "customer agreement", "customer agreements")}.");
    }

    private static void Name(StringBuilder text, string words, YearMonth month, IEnumerable<KpiMonth> found)
    {
        var names = found.Select(kpi => kpi.Definition.Name).ToList();
        if (names.Count == 0)
        {
            return;
        }

        text.Append(' ').AppendFormat(English, words, month.Plus(-1).Start.ToString("MMMM", English)).Append(": ")
            .AppendJoin(", ", names.Take(MostNames)).Append(names.Count > MostNames ? string.Create(English, $" and {names.Count - MostNames} more.") : ".");
    }

    /// <summary>What was promised, what was delivered, what that means in time or requests.</summary>
    public static string Breach(MonthResult result)
    {
        var slo = result.Definition;
        var consumed = result.BudgetTotal - (result.BudgetTotal * (result.RemainingRatio ?? 0));
        var (spent, allowed) = slo.Budgeting == BudgetingMethod.Occurrences
            ? (Count(consumed, slo.Kind), Count(result.BudgetTotal, slo.Kind))
            : (Duration(consumed), Duration(result.BudgetTotal));
        return string.Create(
            English,
            $"{slo.Name} of {slo.Service} came to {BelowTarget(result.Sli!.Value, slo.Target)} against a target of {Percent(slo.Target, null)}: {spent} bad where {allowed} were allowed.");
    }

    private static string Change(ExecutiveFigures now, ExecutiveFigures before, YearMonth month)
    {
        var name = month.Start.ToString("MMMM", English);
        return now.Breached.CompareTo(before.Breached) switch
        {
            < 0 => string.Create(English, $", better than in {name} ({Several(before.Breached, "breach", "breaches")})."),
            > 0 => string.Create(English, $", worse than in {name} ({Several(before.Breached, "breach", "breaches")})."),
            _ => $", as many as in {name}.",
        };
    }

    private static string Several(int count, string one, string many) => string.Create(English, $"{count} {(count == 1 ? one : many)}");

    private static string Count(decimal events, SliKind kind)
    {
        var noun = kind switch
        {
            SliKind.Ratio or SliKind.Latency => "requests",
            SliKind.Job => "jobs",
            SliKind.Value or SliKind.Freshness => "minutes",
        };
        return string.Create(English, $"{decimal.Floor(events):#,0} {noun}");
    }

    private static string Duration(decimal seconds)
    {
        var span = TimeSpan.FromSeconds((long)decimal.Round(seconds));
        return span switch
        {
            { TotalDays: >= 1 } => string.Create(English, $"{(int)span.TotalDays} d {span.Hours} h"),
            { TotalHours: >= 1 } => string.Create(English, $"{(int)span.TotalHours} h {span.Minutes} m"),
            _ => string.Create(English, $"{span.Minutes} m {span.Seconds} s"),
        };
    }

    /// <summary>With as many digits as it takes to stay visibly below the target; never rounded up to it.</summary>
    private static string BelowTarget(decimal sli, decimal target)
    {
        var digits = Math.Max(0, Scale(target * 100)) + 1;
        var factor = (decimal)Math.Pow(10, digits);
        return string.Create(English, $"{decimal.Floor(sli * 100 * factor) / factor:0.############} %");
    }

    private static string Percent(decimal ratio, int? digits) => digits is { } most
        ? string.Create(English, $"{decimal.Round(ratio * 100, most)} %")
        : string.Create(English, $"{ratio * 100:0.############} %");

    private static int Scale(decimal value) => (value / 1.000000000000000000000000000000000m).Scale;
}
