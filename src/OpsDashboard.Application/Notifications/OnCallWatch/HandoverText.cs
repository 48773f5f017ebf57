using System.Globalization;
using System.Text;

namespace OpsDashboard.Application.Notifications.OnCallWatch;

/// <summary>The hand-over summary as it is sent.</summary>
internal static class HandoverText
{
    private const int MostNamed = 10;

    public static string Write(string position, string until, HandoverNotes notes, string home)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"You are {position} {until}.\n\n");
        Part("Open incidents", [.. notes.Open.Select(incident => $"{incident.Severity} {incident.Title}, {(incident.AcknowledgedBy is { } by ? $"{by.Name} has it" : "nobody has it")}")]);
        Part("Alerts outside of incidents", [.. notes.Alerts.Select(alert => $"{alert.Severity} {alert.Title}")]);
        Part("Silences in force", [.. notes.Silences.Select(silence => string.Create(CultureInfo.InvariantCulture, $"{silence.Reason}, until {silence.EndsAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC"))]);
        Part("Maintenance", [.. notes.Maintenance.Select(window => string.Create(CultureInfo.InvariantCulture, $"{window.Platform}{(window.Service is null ? "" : $"/{window.Service}")}, {window.Start.UtcDateTime:yyyy-MM-dd HH:mm} to {window.End.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {window.Reason}"))]);
        Part("Overdue", notes.Overdue);
        return text.Append(home).ToString();

        void Part(string name, IReadOnlyList<string> lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: {(lines.Count == 0 ? "none" : lines.Count)}\n");
            foreach (var line in lines.Take(MostNamed))
            {
                text.Append(CultureInfo.InvariantCulture, $"- {line}\n");
            }

            if (lines.Count > MostNamed)
            {
                text.Append(CultureInfo.InvariantCulture, $"- and {lines.Count - MostNamed} more\n");
            }
        }
    }
}
