using System.Globalization;
using OpsDashboard.Application.StatusPages;
using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Web.StatusPages;

/// <summary>What the public reads: plain words, no jargon.</summary>
internal static class StatusWords
{
    public static string Word(this ComponentState state) => state switch
    {
        ComponentState.Operational => "Operational",
        ComponentState.UnderMaintenance => "Under maintenance",
        ComponentState.DegradedPerformance => "Slower than usual",
        ComponentState.PartialOutage => "Partial outage",
        ComponentState.MajorOutage => "Major outage",
    };

    /// <summary>The words of the Statuspage API.</summary>
    public static string Api(this ComponentState state) => state switch
    {
        ComponentState.Operational => "operational",
        ComponentState.UnderMaintenance => "under_maintenance",
        ComponentState.DegradedPerformance => "degraded_performance",
        ComponentState.PartialOutage => "partial_outage",
        ComponentState.MajorOutage => "major_outage",
    };

    /// <summary>Colour role of the stylesheets.</summary>
    public static string Tone(this ComponentState state) => state switch
    {
        ComponentState.Operational => "ok",
        ComponentState.UnderMaintenance => "info",
        ComponentState.DegradedPerformance or ComponentState.PartialOutage => "warn",
        ComponentState.MajorOutage => "bad",
    };

    public static string Icon(this ComponentState state) => state switch
    {
        ComponentState.Operational => "circle-check",
        ComponentState.UnderMaintenance => "wrench",
        ComponentState.DegradedPerformance or ComponentState.PartialOutage => "triangle",
        ComponentState.MajorOutage => "octagon",
    };

    public static string Word(this StatusIncidentState state) => state switch
    {
        StatusIncidentState.Investigating => "Investigating",
        StatusIncidentState.Identified => "Identified",
        StatusIncidentState.Monitoring => "Monitoring",
        StatusIncidentState.Resolved => "Resolved",
    };

    public static string Word(this StatusMaintenanceState state) => state switch
    {
        StatusMaintenanceState.Scheduled => "Scheduled",
        StatusMaintenanceState.InProgress => "In progress",
        StatusMaintenanceState.Verifying => "Verifying",
        StatusMaintenanceState.Completed => "Completed",
    };

    public static string Api(this StatusMaintenanceState state) => state switch
    {
        StatusMaintenanceState.Scheduled => "scheduled",
        StatusMaintenanceState.InProgress => "in_progress",
        StatusMaintenanceState.Verifying => "verifying",
        StatusMaintenanceState.Completed => "completed",
    };

    /// <summary>The one sentence of the page.</summary>
    public static string Sentence(this StatusPage page)
    {
        if (page.Components.Count == 0)
        {
            return "Nothing is shown here yet.";
        }

        var worst = page.Worst;
        var hit = page.Components.Where(component => component.State == worst).ToList();
        var subject = hit.Count == 1 ? hit[0].Name : $"{hit.Count.ToString(CultureInfo.InvariantCulture)} of {page.Components.Count.ToString(CultureInfo.InvariantCulture)} services";
        var one = hit.Count == 1;
        return worst switch
        {
            ComponentState.Operational => "All services are working.",
            ComponentState.UnderMaintenance => $"{subject} {(one ? "is" : "are")} under planned maintenance.",
            ComponentState.DegradedPerformance => $"{subject} {(one ? "is" : "are")} slower than usual.",
            ComponentState.PartialOutage => $"{subject} {(one ? "is" : "are")} partly unavailable.",
            ComponentState.MajorOutage => $"{subject} {(one ? "is" : "are")} unavailable.",
        };
    }

    /// <summary>As "1 h 30 m", "42 m", "8 s".</summary>
    public static string Span(long seconds)
    {
        var (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        if (hours > 0)
        {
            return minutes == 0 ? $"{Number(hours)} h" : $"{Number(hours)} h {Number(minutes)} m";
        }

        return minutes > 0 ? $"{Number(minutes)} m" : $"{Number(seconds)} s";

        static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Rounded down, with a digit more than the target needs: never rounded up to what was not reached.</summary>
    public static string Percent(decimal ratio, decimal target)
    {
        var text = (target * 100).ToString("0.############", CultureInfo.InvariantCulture);
        var digits = Math.Clamp((text.Contains('.', StringComparison.Ordinal) ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0) + 1, 2, 4);
        var factor = (decimal)Math.Pow(10, digits);
        return (Math.Floor(ratio * 100 * factor) / factor).ToString($"F{digits}", CultureInfo.InvariantCulture) + " %";
    }

    public static string Home(string page) => page == StatusSite.All ? "/status" : $"/status/{page}";
}
