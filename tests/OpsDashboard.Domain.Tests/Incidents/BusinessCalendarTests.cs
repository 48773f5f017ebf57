using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Domain.Tests.Incidents;

public sealed class BusinessCalendarTests
{
    private const long HourMs = 3_600_000;

    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    private static readonly IsoDayOfWeek[] WorkingDays = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    private static readonly BusinessCalendar Office = new(Berlin, new LocalTime(9, 0), new LocalTime(17, 0), WorkingDays, [new LocalDate(2026, 12, 25)]);

    [Theory]
    // One business day from within hours ends at the same time of the next opening day; over a weekend; from before and after hours.
    [InlineData("2026-11-18T10:00", 8, "2026-11-19T10:00")]
    [InlineData("2026-11-20T10:00", 8, "2026-11-23T10:00")]
    [InlineData("2026-11-21T12:00", 8, "2026-11-23T17:00")]
    [InlineData("2026-11-18T07:00", 8, "2026-11-18T17:00")]
    [InlineData("2026-11-18T17:00", 1, "2026-11-19T10:00")]
    [InlineData("2026-11-18T16:30", 1, "2026-11-19T09:30")]
    // A holiday is skipped.
    [InlineData("2026-12-24T16:00", 2, "2026-12-28T10:00")]
    // Both changes of the clock lie on a Sunday: opening hours on either side keep their wall clock.
    [InlineData("2026-03-27T16:00", 2, "2026-03-30T10:00")]
    [InlineData("2026-10-23T16:00", 2, "2026-10-26T10:00")]
    public void Add_OpeningHours_EndsAtTheWallClock(string from, int hours, string expected) =>
        Assert.Equal(Ms(expected), Office.Add(Ms(from), hours * HourMs));

    [Theory]
    [InlineData("2026-03-28T00:00", 47)]
    [InlineData("2026-10-24T00:00", 49)]
    [InlineData("2026-06-06T00:00", 48)]
    public void Between_AroundTheClockOverAChange_CountsWhatReallyPasses(string saturday, int hours)
    {
        var always = new BusinessCalendar(Berlin, LocalTime.Midnight, LocalTime.Midnight, Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None), []);
        var monday = Local(saturday).PlusDays(2);

        Assert.Equal(hours * HourMs, always.Between(Ms(saturday), Ms(monday)));
    }

    [Fact]
    public void Add_ThenBetween_GivesTheTimeAdded()
    {
        var cases =
            from minute in Gen.Choose(0, 600_000)
            from open in Gen.Choose(0, 20_000)
            select (From: Ms("2026-01-01T00:00") + (minute * 60_000L), Open: open * 60_000L);

        Prop.ForAll(cases.ToArbitrary(), sample => Office.Between(sample.From, Office.Add(sample.From, sample.Open)) == sample.Open).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Add_CalendarThatStaysClosed_IsAFault()
    {
        var holidays = Enumerable.Range(0, 800).Select(day => new LocalDate(2026, 1, 1).PlusDays(day));
        var closed = new BusinessCalendar(DateTimeZone.Utc, new LocalTime(9, 0), new LocalTime(17, 0), WorkingDays, holidays);

        Assert.Throws<InvalidOperationException>(() => closed.Add(Ms("2026-01-05T10:00"), HourMs));
        Assert.Throws<ArgumentException>(() => new BusinessCalendar(DateTimeZone.Utc, new LocalTime(9, 0), new LocalTime(9, 0), WorkingDays, []));
        Assert.Throws<ArgumentException>(() => new BusinessCalendar(DateTimeZone.Utc, new LocalTime(9, 0), new LocalTime(17, 0), [], []));
    }

    private static LocalDateTime Local(string text) => NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd'T'HH:mm").Parse(text).Value;

    private static long Ms(string text) => Ms(Local(text));

    private static long Ms(LocalDateTime local) => local.InZoneStrictly(Berlin).ToInstant().ToUnixTimeMilliseconds();
}
