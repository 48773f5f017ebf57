using System.Globalization;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Web.Slos.Maintenance;

/// <summary>Maintenance in words.</summary>
internal static class MaintenanceWords
{
    public static string Scope(MaintenanceWindow window) => window.Service is null ? $"all of {window.Platform}" : $"{window.Platform}/{window.Service}";

    public static string Phase(MaintenancePhase phase) => phase switch
    {
        MaintenancePhase.Planned => "Planned",
        MaintenancePhase.Running => "Running",
        MaintenancePhase.Past => "Past",
    };

    /// <summary>As "Weekly on Sunday at 02:00 UTC for 4 h".</summary>
    public static string Rule(MaintenanceRecurrence rule)
    {
        var every = (rule.Unit, rule.Every) switch
        {
            (RecurrenceUnit.Weekly, 1) => "Weekly",
            (RecurrenceUnit.Weekly, var weeks) => $"Every {weeks.ToString(CultureInfo.InvariantCulture)} weeks",
            (RecurrenceUnit.Monthly, 1) => "Monthly",
            (RecurrenceUnit.Monthly, var months) => $"Every {months.ToString(CultureInfo.InvariantCulture)} months",
        };
        var days = rule switch
        {
            { Unit: RecurrenceUnit.Weekly } => string.Join(", ", rule.Days),
            { Ordinal: { } ordinal } => $"the {Ordinal(ordinal)} {rule.Days[0]}",
            _ => $"day {rule.DayOfMonth?.ToString(CultureInfo.InvariantCulture)}",
        };
        return $"{every} on {days} at {rule.At.ToString("HH:mm", CultureInfo.InvariantCulture)} {rule.Zone} for {Span(rule.DurationMinutes * 60L)}";
    }

    private static string Ordinal(int ordinal) => ordinal switch
    {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        _ => "last",
    };

    /// <summary>As "4 h 30 m"; "0 m" for nothing.</summary>
    public static string Span(long seconds)
    {
        var (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
        string?[] parts = [days > 0 ? Unit(days, "d") : null, hours > 0 ? Unit(hours, "h") : null, minutes > 0 || seconds < 3_600 ? Unit(minutes, "m") : null];
        return string.Join(' ', parts.OfType<string>());
    }

    public static string Verdict(MaintenanceVerdict verdict) => verdict.Objection switch
    {
        MaintenanceObjection.None => $"{Span(verdict.ForgivenSeconds)} forgiven",
        MaintenanceObjection.NoTerms => "counts as measured",
        MaintenanceObjection.LateNotice => $"{Span(verdict.UnforgivenSeconds)} counts as downtime",
        MaintenanceObjection.CapUsed => $"{Span(verdict.ForgivenSeconds)} forgiven, {Span(verdict.UnforgivenSeconds)} counts as downtime",
    };

    public static string Reason(MaintenanceVerdict verdict) => verdict.Objection switch
    {
        MaintenanceObjection.None => "announced in time, within the cap",
        MaintenanceObjection.NoTerms => "no maintenance clause",
        MaintenanceObjection.LateNotice => $"announced less than {Span(verdict.Terms!.NoticeSeconds)} ahead",
        MaintenanceObjection.CapUsed => $"beyond the cap of {Span(verdict.Terms!.CapPerMonthSeconds ?? 0)} a month",
    };

    public static string Objectives(int count) => count == 1 ? "1 objective" : $"{count.ToString(CultureInfo.InvariantCulture)} objectives";

    private static string Unit(long number, string unit) => $"{number.ToString(CultureInfo.InvariantCulture)} {unit}";
}
