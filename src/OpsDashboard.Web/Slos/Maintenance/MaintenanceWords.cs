using System.Globalization;
using OpsDashboard.Application.Slos.Maintenance;

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
