using NodaTime;
using NodaTime.TimeZones;

namespace OpsDashboard.Domain.Slos;

public enum RecurrenceUnit
{
    Weekly,
    Monthly,
}

/// <summary>One occurrence of recurring work, [Start, End).</summary>
public readonly record struct MaintenanceOccurrence(DateTimeOffset Start, DateTimeOffset End);

/// <summary>
/// When work recurs, as a wall clock in a zone shows it: the subset of RFC 5545 that maintenance needs (WEEKLY with BYDAY, MONTHLY
/// with BYMONTHDAY or one ordinal BYDAY, INTERVAL, UNTIL).
/// </summary>
/// <remarks>
/// A start that a clock change skips moves on by the length of the gap; one that happens twice is the first. The end follows after
/// the elapsed time, so a change within a window does not make it longer or shorter. A day that a month does not have is left out.
/// </remarks>
public sealed record MaintenanceRecurrence
{
    public const int MostEvery = 12;
    public const int MostMinutes = 14 * 24 * 60;

    public required RecurrenceUnit Unit { get; init; }

    /// <summary>Every how many weeks or months, counted from <see cref="From"/>'s; 1 to 12.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Weekly: one or more. Monthly with an ordinal: exactly one.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];

    /// <summary>Monthly: 1 to 31.</summary>
    public int? DayOfMonth { get; init; }

    /// <summary>Monthly, with a day of the week: 1 to 4, or -1 for the last of the month.</summary>
    public int? Ordinal { get; init; }

    /// <summary>Wall-clock time in <see cref="Zone"/>.</summary>
    public required TimeOnly At { get; init; }

    public required int DurationMinutes { get; init; }

    /// <summary>IANA name.</summary>
    public required string Zone { get; init; }

    /// <summary>First day an occurrence may start on, in the zone.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day an occurrence may start on; null: without end.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Everything that is wrong with the rule; pointers name its fields.</summary>
    public IReadOnlyList<Fault> Check()
    {
        var faults = new List<Fault>();
        Require(Every is >= 1 and <= MostEvery, "/every", "every.range", $"Between 1 and {MostEvery}.");
        Require(DurationMinutes is >= 1 and <= MostMinutes, "/durationMinutes", "duration.range", "Between a minute and 14 days.");
        Require(DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is not null, "/zone", "zone.known", "An IANA time zone, such as UTC or Europe/Berlin.");
        Require(Until is null || Until >= From, "/until", "until.afterFrom", "The last day must not lie before the first.");
        if (Unit == RecurrenceUnit.Weekly)
        {
            Require(Days.Count > 0, "/days", "days.required", "Choose at least one day of the week.");
            Require(DayOfMonth is null && Ordinal is null, "/dayOfMonth", "dayOfMonth.monthly", "Only a monthly rule has a day of the month.");
        }
        else
        {
            var byOrdinal = (Ordinal is -1 or (>= 1 and <= 4)) && Days.Count == 1 && DayOfMonth is null;
            var byDay = DayOfMonth is >= 1 and <= 31 && Ordinal is null && Days.Count == 0;
            Require(byOrdinal || byDay, "/dayOfMonth", "dayOfMonth.required", "Either a day from 1 to 31, or which weekday of the month (first to fourth, or last).");
        }

        return faults;

        void Require(bool holds, string pointer, string rule, string message)
        {
            if (!holds)
            {
                faults.Add(new Fault(pointer, rule, message));
            }
        }
    }

    /// <summary>Occurrences that start in [from, to), earliest first.</summary>
    /// <exception cref="InvalidOperationException">The rule is faulty; see <see cref="Check"/>.</exception>
    public IEnumerable<MaintenanceOccurrence> Between(DateTimeOffset from, DateTimeOffset to)
    {
        if (Check().Count > 0)
        {
            throw new InvalidOperationException("A faulty rule has no occurrences.");
        }

        return Enumerate(from, to);
    }

    private IEnumerable<MaintenanceOccurrence> Enumerate(DateTimeOffset from, DateTimeOffset to)
    {
        var zone = DateTimeZoneProviders.Tzdb[Zone];
        // A gap may move a start to the next day, so a day more on either side is looked at.
        var first = DateOnly.FromDateTime(from.UtcDateTime).AddDays(-2);
        var last = DateOnly.FromDateTime(to.UtcDateTime).AddDays(2);
        for (var day = first < From ? From : first; day <= last && (Until is null || day <= Until); day = day.AddDays(1))
        {
            if (!IsDay(day))
            {
                continue;
            }

            var start = StartOn(day, zone);
            if (start >= from && start < to)
            {
                yield return new(start, start.AddMinutes(DurationMinutes));
            }
        }
    }

    private bool IsDay(DateOnly day)
    {
        if (Unit == RecurrenceUnit.Weekly)
        {
            return Days.Contains(day.DayOfWeek) && (Monday(day).DayNumber - Monday(From).DayNumber) / 7 % Every == 0;
        }

        if ((((day.Year - From.Year) * 12) + day.Month - From.Month) % Every != 0)
        {
            return false;
        }

        return Ordinal switch
        {
            null => day.Day == DayOfMonth,
            -1 => day.DayOfWeek == Days[0] && day.AddDays(7).Month != day.Month,
            { } ordinal => day.DayOfWeek == Days[0] && ((day.Day - 1) / 7) + 1 == ordinal,
        };
    }

    private DateTimeOffset StartOn(DateOnly day, DateTimeZone zone)
    {
        var local = new LocalDateTime(day.Year, day.Month, day.Day, At.Hour, At.Minute, At.Second);
        var resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);
        return zone.ResolveLocal(local, resolver).ToInstant().ToDateTimeOffset();
    }

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
