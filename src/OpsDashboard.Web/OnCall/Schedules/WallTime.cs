using System.Globalization;
using NodaTime;
using NodaTime.Text;
using OpsDashboard.Domain;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Web.OnCall.Schedules;

/// <summary>Instants on the wall clock of a schedule, as its people live them.</summary>
public sealed class WallTime(DateTimeZone zone)
{
    private static readonly LocalDateTimePattern Input = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    public DateTimeZone Zone => zone;

    public static WallTime In(string zone) => new(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc);

    public LocalDate DateOf(DateTimeOffset at) => Local(at).Date;

    public DateTimeOffset StartOf(LocalDate day) => day.AtStartOfDayInZone(zone).ToDateTimeOffset().ToUniversalTime();

    /// <summary>Mon 23 Nov 09:00.</summary>
    public string Text(DateTimeOffset at) => Local(at).ToString("ddd d MMM HH':'mm", CultureInfo.InvariantCulture);

    public string Date(DateTimeOffset at) => Local(at).ToString("ddd d MMM", CultureInfo.InvariantCulture);

    /// <summary>As a field of the kind datetime-local takes it.</summary>
    public string Field(DateTimeOffset at) => Input.Format(Local(at));

    /// <summary>The next full hour.</summary>
    public string NextHour(DateTimeOffset at) => Field(at.AddMinutes(60 - at.Minute));

    /// <returns>Null with a fault when the text is no local time.</returns>
    public DateTimeOffset? Read(string text, string pointer, List<Fault> faults)
    {
        if (Input.Parse(text) is { Success: true } read && read.Value.Year is >= 2000 and < 2100)
        {
            return WallClock.At(zone, read.Value).ToDateTimeOffset().ToUniversalTime();
        }

        faults.Add(new Fault(pointer, "time.local", "A day and a time are required."));
        return null;
    }

    private LocalDateTime Local(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(zone).LocalDateTime;
}
