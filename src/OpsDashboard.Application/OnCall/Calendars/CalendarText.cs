using System.Globalization;
using System.Text;

namespace OpsDashboard.Application.OnCall.Calendars;

/// <summary>One shift of a feed.</summary>
/// <param name="Uid">The same for the same turn, however often the feed is read.</param>
internal sealed record CalendarEvent(string Uid, DateTimeOffset Start, DateTimeOffset End, string Summary, string Description);

/// <summary>
/// A calendar as RFC 5545 has it: instants in UTC, so that no zone's rules need to travel along; lines folded at 75 bytes;
/// REFRESH-INTERVAL of RFC 7986, and the older name of it that some readers want.
/// </summary>
internal static class CalendarText
{
    private const int MaxLineBytes = 75;
    private const string Refresh = "PT15M";

    /// <param name="modifiedAt">When anything that the calendar shows changed last.</param>
    public static string Write(string name, string zone, DateTimeOffset modifiedAt, IEnumerable<CalendarEvent> events)
    {
        var text = new StringBuilder();
        foreach (var line in Head(name, zone).Concat(events.SelectMany(one => Lines(one, modifiedAt))).Append("END:VCALENDAR"))
        {
            Fold(text, line);
        }

        return text.ToString();
    }

    private static IEnumerable<string> Head(string name, string zone) =>
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//OpsDashboard//On-call//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        $"NAME:{Escape(name)}",
        $"X-WR-CALNAME:{Escape(name)}",
        $"X-WR-TIMEZONE:{Escape(zone)}",
        $"REFRESH-INTERVAL;VALUE=DURATION:{Refresh}",
        $"X-PUBLISHED-TTL:{Refresh}",
    ];

    private static IEnumerable<string> Lines(CalendarEvent one, DateTimeOffset modifiedAt) =>
    [
        "BEGIN:VEVENT",
        $"UID:{one.Uid}",
        $"DTSTAMP:{Utc(modifiedAt)}",
        $"LAST-MODIFIED:{Utc(modifiedAt)}",
        $"DTSTART:{Utc(one.Start)}",
        $"DTEND:{Utc(one.End)}",
        $"SUMMARY:{Escape(one.Summary)}",
        $"DESCRIPTION:{Escape(one.Description)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ];

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .Replace("\r", "", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>At most 75 bytes a line, never within a character; a continued line begins with a space, which counts.</summary>
    private static void Fold(StringBuilder text, string line)
    {
        var bytes = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > MaxLineBytes)
            {
                text.Append("\r\n ");
                bytes = 1;
            }

            text.Append(rune);
            bytes += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}
