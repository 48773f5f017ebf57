using System.Globalization;
using OpsDashboard.Application.Agreements;
using OpsDashboard.Application.Agreements.Statements;
using OpsDashboard.Domain.Agreements;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Agreements;

/// <summary>Agreements in words, the same on every screen.</summary>
internal static class AgreementWords
{
    /// <summary>"13 minutes of downtime left before a 10 % credit (USD 4,200)".</summary>
    public static string Ahead(StatementAhead ahead, string currency)
    {
        var minutes = ahead.SecondsLeft / 60;
        var left = minutes switch { 0 => "No downtime", 1 => "1 minute of downtime", _ => $"{Numbers.Count(minutes)} minutes of downtime" };
        return $"{left} left before a {Percent(ahead.CreditPercent)} credit ({Numbers.Money(ahead.CreditAmount, currency)})";
    }

    /// <summary>"10 % credit (USD 4,200)"; nothing: "no credit".</summary>
    public static string Credit(decimal percent, decimal amount, string currency) =>
        percent == 0 ? "no credit" : $"{Percent(percent)} credit ({Numbers.Money(amount, currency)})";

    public static string Percent(decimal percent) => string.Create(CultureInfo.InvariantCulture, $"{percent:0.##} %");

    public static string Why(IntervalKind kind) => kind switch
    {
        IntervalKind.Downtime => "counts",
        IntervalKind.Excluded => "planned maintenance, excluded",
        IntervalKind.AnnouncedLate => "planned, but announced too late: counts",
        IntervalKind.BeyondCap => "planned, but beyond the cap of the month: counts",
    };

    public static string Measure(AgreementMeasure measure) => measure switch
    {
        AgreementMeasure.AllUp => "A minute is down when any objective is down",
        AgreementMeasure.WorstObjective => "The objective with the lowest uptime counts",
    };

    public static string Exclusions(MaintenanceTerms? terms)
    {
        if (terms is null)
        {
            return "None: planned maintenance counts as measured";
        }

        var notice = terms.NoticeSeconds == 0 ? "whenever announced" : $"announced {Numbers.Count(terms.NoticeSeconds / 3600)} h ahead";
        var cap = terms.CapPerMonthSeconds is { } most ? $"at most {Numbers.Duration(most)} a month" : "no cap";
        var mode = terms.Mode == ExclusionMode.Removed ? "left out of the count" : "counted as up";
        return $"Planned maintenance {notice}, {cap}, {mode}";
    }

    public static string Title(StatementKind kind, int number) => kind switch
    {
        StatementKind.Running => "Running statement",
        StatementKind.Original => "Statement",
        StatementKind.Correction => $"Correction {number - 1}",
    };

    public static StateKind State(StatementBrief? brief) => brief switch
    {
        null or { Met: null } => StateKind.NoData,
        { Met: false } => StateKind.Breached,
        _ => StateKind.Healthy,
    };

    public static string Month(string month) => DateTime.ParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture).ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Href(string agreement, string? month = null, int? number = null) =>
        $"/agreements/{Uri.EscapeDataString(agreement)}{(month is null ? "" : $"/{month}")}{(number is > 0 ? $"?number={number}" : "")}";
}
