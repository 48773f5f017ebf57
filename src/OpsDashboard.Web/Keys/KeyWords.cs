using OpsDashboard.Application.Keys;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Keys;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Keys;

/// <summary>How keys are spoken of on screen.</summary>
internal static class KeyWords
{
    public static (string Word, string Icon, Tone Tone) Of(KeyState state) => state switch
    {
        KeyState.Live => ("Live", "circle-check", Tone.Ok),
        KeyState.Expiring => ("Expires soon", "triangle", Tone.Warn),
        KeyState.Expired => ("Expired", "circle-dashed", Tone.None),
        KeyState.Revoked => ("Revoked", "octagon", Tone.None),
    };

    public static string Of(Access verb) => verb switch
    {
        Access.View => "Read operations",
        Access.ReadReports => "Read reports",
        Access.ReadAudit => "Read the audit trail",
        Access.Ingest => "Hand in data",
        Access.EditObjectives => "Edit objectives",
        Access.EditKpis => "Edit KPIs",
        Access.EditSchedules => "Edit schedules",
        Access.Respond => "Work on incidents",
        Access.Administer => "Administer",
        _ => verb.ToString(),
    };

    public static string Of(KeySource source) => source switch
    {
        KeySource.Samples => "Samples",
        KeySource.Deployments => "Deployments",
        KeySource.Measurements => "KPI measurements",
    };

    public static string Reach(KeySummary key)
    {
        var places = key.Places.Count == 0 ? "Everything" : string.Join(", ", key.Places);
        return key.Sources.Count == 0 ? places : $"{places}; {string.Join(", ", key.Sources.Select(Of)).ToLowerInvariant()} only";
    }

    public static string Many(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
