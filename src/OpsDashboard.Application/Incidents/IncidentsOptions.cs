using System.Globalization;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents;

/// <summary>Section "Incidents".</summary>
public sealed class IncidentsOptions
{
    /// <summary>After so long without a sign of work an acknowledgement of the upper two severities counts no longer. 1 to 1440.</summary>
    public int AcknowledgementExpiryMinutes { get; set; } = 30;

    /// <summary>How long before the next update is due its writer is reminded; never more than half of the interval. 1 to 1440.</summary>
    public int UpdateReminderMinutes { get; set; } = 10;

    /// <summary>How long a screen offers to take a step back, 3 to 55: longer for who needs the time to reach it.</summary>
    public int UndoSeconds { get; set; } = 10;

    /// <summary>Whether mean times to detect and to resolve are measured from the incidents kept here; false where another program sends them.</summary>
    public bool ReportFigures { get; set; } = true;

    /// <summary>Escalation policy a missed clock goes to.</summary>
    public string ManagerPolicy { get; set; } = "sla-breach";

    /// <summary>Business hours by platform. A platform without an entry works Monday to Friday, 09:00 to 17:00 UTC.</summary>
    public Dictionary<string, CalendarOptions> Calendars { get; } = new(StringComparer.Ordinal);
}

/// <summary>Opening hours by the clock on the wall of a zone.</summary>
public sealed class CalendarOptions
{
    /// <summary>IANA zone.</summary>
    public string Zone { get; set; } = "UTC";

    public string Opens { get; set; } = "09:00";

    /// <summary>00:00: the end of the day.</summary>
    public string Closes { get; set; } = "17:00";

    /// <summary>Monday to Friday where none are given.</summary>
    public IList<string> Days { get; } = [];

    /// <summary>Dates as 2026-12-25.</summary>
    public IList<string> Holidays { get; } = [];

    internal BusinessCalendar? TryBuild(List<string> faults, string where)
    {
        var before = faults.Count;
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone);
        if (zone is null)
        {
            faults.Add($"{where}:Zone: \"{Zone}\" is no IANA time zone.");
        }

        var opens = Time(Opens, "Opens");
        var closes = Time(Closes, "Closes");
        var days = Days.Count == 0
            ? [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday]
            : Days.Select(Day).ToList();
        var holidays = Holidays.Select(Date).ToList();
        if (closes != LocalTime.Midnight && closes <= opens)
        {
            faults.Add($"{where}:Closes must lie after Opens.");
        }

        return faults.Count > before ? null : new BusinessCalendar(zone!, opens, closes, days, holidays);

        LocalTime Time(string text, string field)
        {
            var parsed = LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text);
            return parsed.Success ? parsed.Value : Fault<LocalTime>($"{where}:{field}: \"{text}\" is no time as 09:00.");
        }

        IsoDayOfWeek Day(string text) => Enum.TryParse<IsoDayOfWeek>(text, ignoreCase: true, out var day) && day != IsoDayOfWeek.None
            ? day
            : Fault<IsoDayOfWeek>($"{where}:Days: \"{text}\" is no day of the week.");

        LocalDate Date(string text)
        {
            var parsed = LocalDatePattern.Iso.Parse(text);
            return parsed.Success ? parsed.Value : Fault<LocalDate>($"{where}:Holidays: \"{text}\" is no date as 2026-12-25.");
        }

        T Fault<T>(string message)
            where T : struct
        {
            faults.Add(message);
            return default;
        }
    }
}

internal sealed class IncidentsOptionsValidator : IValidateOptions<IncidentsOptions>
{
    public ValidateOptionsResult Validate(string? name, IncidentsOptions options)
    {
        var faults = new List<string>();
        Check(options.AcknowledgementExpiryMinutes, nameof(IncidentsOptions.AcknowledgementExpiryMinutes));
        Check(options.UpdateReminderMinutes, nameof(IncidentsOptions.UpdateReminderMinutes));
        if (options.UndoSeconds is < 3 or > 55)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"Incidents:{nameof(IncidentsOptions.UndoSeconds)} must be between 3 and 55, not {options.UndoSeconds}."));
        }

        foreach (var (platform, calendar) in options.Calendars)
        {
            calendar.TryBuild(faults, $"Incidents:Calendars:{platform}");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check(int minutes, string field)
        {
            if (minutes is < 1 or > 1_440)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"Incidents:{field} must be between 1 and 1440, not {minutes}."));
            }
        }
    }
}
