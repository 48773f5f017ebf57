using System.Globalization;
using NodaTime;
using NodaTime.Text;
using OpsDashboard.Domain;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.OnCall.Schedules;

/// <summary>Terms as the domain's records; every fault is told with its place.</summary>
internal static class ScheduleReading
{
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");
    private static readonly string[] DayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static DateTimeZone? Zone(string? id, string pointer, List<Fault> faults)
    {
        if (id is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } zone)
        {
            return zone;
        }

        faults.Add(new Fault(pointer, "zone.iana", "The name of an IANA time zone, such as Europe/Berlin."));
        return null;
    }

    /// <summary>Terms that were checked when they were stored.</summary>
    /// <exception cref="InvalidOperationException">They break a rule all the same.</exception>
    public static IReadOnlyList<OnCallPosition> Stored(IReadOnlyList<PositionTerms> positions)
    {
        var faults = new List<Fault>();
        var read = Positions(positions, "/positions", faults);
        return faults.Count == 0 ? read : throw new InvalidOperationException($"A stored schedule breaks a rule at {faults[0].Pointer}: {faults[0].Message}");
    }

    public static IReadOnlyList<OnCallPosition> Positions(IReadOnlyList<PositionTerms> positions, string pointer, List<Fault> faults) =>
    [
        .. positions.Select((position, index) => new OnCallPosition
        {
            Id = position.Id,
            Name = position.Name,
            Layers = [.. position.Layers.Select((layer, at) => Layer(layer, $"{pointer}/{index}/layers/{at}", faults)).OfType<OnCallLayer>()],
        }),
    ];

    public static OnCallLayer? Layer(LayerTerms terms, string pointer, List<Fault> faults)
    {
        var rotation = ReadRotation(terms.Every, terms.At, terms.Anchor, terms.People, pointer, faults);
        var restrictions = terms.Restrictions.Select((one, index) => Restriction(one, $"{pointer}/restrictions/{index}", faults)).ToList();
        return rotation is null || restrictions.Contains(null)
            ? null
            : new OnCallLayer { Name = terms.Name, Rotation = rotation, Restrictions = [.. restrictions.OfType<ShiftRestriction>()] };
    }

    public static Rotation? ReadRotation(string? every, string? at, string? anchor, IReadOnlyList<string> people, string pointer, List<Fault> faults)
    {
        if (!RotationStep.TryParse(every, out var step))
        {
            faults.Add(new Fault($"{pointer}/every", "every.known", "day, week, or a duration of whole days, weeks or hours within a year, such as P3D or PT12H."));
        }

        var time = ReadTime(at, $"{pointer}/at", faults);
        var date = anchor is null ? null : LocalDatePattern.Iso.Parse(anchor) is { Success: true } parsed ? parsed.Value : (LocalDate?)null;
        if (date is not { Year: >= 2000 and < 2100 })
        {
            faults.Add(new Fault($"{pointer}/anchor", "anchor.date", "A date from 2000 to 2099, such as 2026-11-02."));
            date = null;
        }

        return step == default || time is null || date is null ? null : new Rotation { Every = step, At = time.Value, Anchor = date.Value, People = people };
    }

    private static LocalTime? ReadTime(string? text, string pointer, List<Fault> faults)
    {
        if (text is not null && Time.Parse(text) is { Success: true } parsed)
        {
            return parsed.Value;
        }

        faults.Add(new Fault(pointer, "time.local", "A local time, such as 09:00."));
        return null;
    }

    private static ShiftRestriction? Restriction(RestrictionTerms terms, string pointer, List<Fault> faults)
    {
        var from = ReadTime(terms.From, $"{pointer}/from", faults);
        var to = ReadTime(terms.To, $"{pointer}/to", faults);
        var days = terms.Days.Select(day => Array.IndexOf(DayNames, day)).ToList();
        if (days.Contains(-1) || days.Count > 7)
        {
            faults.Add(new Fault($"{pointer}/days", "days.known", $"Days are {string.Join(", ", DayNames)}."));
            return null;
        }

        return from is null || to is null
            ? null
            : new ShiftRestriction { Days = [.. days.Distinct().Order().Select(day => (IsoDayOfWeek)(day + 1))], From = from.Value, To = to.Value };
    }

    public static string Write(LocalTime time) => time.ToString("HH':'mm", CultureInfo.InvariantCulture);
}
