using NodaTime;

namespace OpsDashboard.Domain.Incidents;

/// <summary>
/// Opening hours by the clock on the wall of one zone. Time outside them does not count; where the wall clock jumps, opening hours
/// last as long as they really do.
/// </summary>
public sealed class BusinessCalendar
{
    /// <summary>Longer closures than this are a fault of the calendar, not holidays.</summary>
    public const int MaxClosedDays = 366;

    private readonly IReadOnlySet<IsoDayOfWeek> days;
    private readonly IReadOnlySet<LocalDate> holidays;

    /// <param name="closes">Exclusive; midnight means the end of the day.</param>
    /// <exception cref="ArgumentException">It never opens, or closes before it opens.</exception>
    public BusinessCalendar(DateTimeZone zone, LocalTime opens, LocalTime closes, IEnumerable<IsoDayOfWeek> days, IEnumerable<LocalDate> holidays)
    {
        Zone = zone;
        Opens = opens;
        Closes = closes;
        this.days = days.ToHashSet();
        this.holidays = holidays.ToHashSet();
        if (this.days.Count == 0 || this.days.Contains(IsoDayOfWeek.None))
        {
            throw new ArgumentException("A calendar opens on at least one day of the week.", nameof(days));
        }

        if (closes != LocalTime.Midnight && closes <= opens)
        {
            throw new ArgumentException("A calendar closes after it opens.", nameof(closes));
        }
    }

    /// <summary>Monday to Friday, 09:00 to 17:00 UTC, no holidays: the contracts name business days, but neither hours nor zone.</summary>
    public static BusinessCalendar Default { get; } = new(
        DateTimeZone.Utc,
        new LocalTime(9, 0),
        new LocalTime(17, 0),
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday],
        []);

    public DateTimeZone Zone { get; }

    public LocalTime Opens { get; }

    public LocalTime Closes { get; }

    /// <summary>Nominal length of an opening day in milliseconds.</summary>
    public long DayMs => Closes == LocalTime.Midnight
        ? 86_400_000L - (Opens.TickOfDay / NodaConstants.TicksPerMillisecond)
        : (Closes.TickOfDay - Opens.TickOfDay) / NodaConstants.TicksPerMillisecond;

    public bool IsOpenOn(LocalDate date) => days.Contains(date.DayOfWeek) && !holidays.Contains(date);

    /// <summary>The instant at which so much opening time has passed since <paramref name="fromMs"/>.</summary>
    /// <exception cref="InvalidOperationException">The calendar stays closed for more than <see cref="MaxClosedDays"/> days.</exception>
    public long Add(long fromMs, long openMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(openMs);
        var left = openMs;
        var closed = 0;
        for (var date = DateOf(fromMs); closed <= MaxClosedDays; date = date.PlusDays(1))
        {
            if (Hours(date) is not var (opens, closes) || closes <= fromMs)
            {
                closed++;
                continue;
            }

            closed = 0;
            var start = Math.Max(opens, fromMs);
            if (left <= closes - start)
            {
                return start + left;
            }

            left -= closes - start;
        }

        throw new InvalidOperationException($"The calendar stays closed for more than {MaxClosedDays} days.");
    }

    /// <summary>Opening time in [from, to), in milliseconds.</summary>
    public long Between(long fromMs, long toMs)
    {
        var open = 0L;
        for (var date = DateOf(fromMs); ; date = date.PlusDays(1))
        {
            if (StartOf(date) >= toMs)
            {
                return open;
            }

            if (Hours(date) is var (opens, closes))
            {
                open += Math.Max(0, Math.Min(closes, toMs) - Math.Max(opens, fromMs));
            }
        }
    }

    private LocalDate DateOf(long ms) => Instant.FromUnixTimeMilliseconds(ms).InZone(Zone).Date;

    private long StartOf(LocalDate date) => Zone.AtStartOfDay(date).ToInstant().ToUnixTimeMilliseconds();

    private (long Opens, long Closes)? Hours(LocalDate date) => IsOpenOn(date)
        ? (At(date, Opens), Closes == LocalTime.Midnight ? StartOf(date.PlusDays(1)) : At(date, Closes))
        : null;

    // A time the spring forward skips is the instant after the gap; of a time that comes twice the first counts.
    private long At(LocalDate date, LocalTime time) => Zone.AtLeniently(date + time).ToInstant().ToUnixTimeMilliseconds();
}
