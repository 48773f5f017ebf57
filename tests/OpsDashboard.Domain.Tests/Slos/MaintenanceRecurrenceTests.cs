using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Tests.Slos;

public sealed class MaintenanceRecurrenceTests
{
    private static readonly MaintenanceRecurrence Sundays = new()
    {
        Unit = RecurrenceUnit.Weekly,
        Days = [DayOfWeek.Sunday],
        At = new TimeOnly(2, 0),
        DurationMinutes = 240,
        Zone = "UTC",
        From = new DateOnly(2026, 11, 1),
    };

    [Fact]
    public void Weekly_OfTheContract_IsSundaysTwoToSixUtc() => Assert.Equal(
        ["2026-11-22T02:00 2026-11-22T06:00", "2026-11-29T02:00 2026-11-29T06:00"],
        Between(Sundays, "2026-11-16T00:00Z", "2026-12-01T00:00Z"));

    [Fact]
    public void Between_Bounds_HoldTheFirstInstantAndNotTheLast()
    {
        Assert.Single(Between(Sundays, "2026-11-22T02:00Z", "2026-11-29T02:00Z"));
        Assert.Empty(Between(Sundays, "2026-11-22T02:00:01Z", "2026-11-29T02:00Z"));
    }

    [Fact]
    public void Weekly_EverySecondWeekOnTwoDays_CountsWeeksFromTheFirst() => Assert.Equal(
        ["2026-11-03T22:00 2026-11-03T23:00", "2026-11-05T22:00 2026-11-05T23:00", "2026-11-17T22:00 2026-11-17T23:00", "2026-11-19T22:00 2026-11-19T23:00"],
        Between(
            Sundays with { Days = [DayOfWeek.Tuesday, DayOfWeek.Thursday], Every = 2, At = new TimeOnly(22, 0), DurationMinutes = 60, From = new DateOnly(2026, 11, 3) },
            "2026-11-01T00:00Z",
            "2026-11-25T00:00Z"));

    [Fact]
    public void Zone_OverBothClockChanges_KeepsTheWallClock() => Assert.Equal(
        // Europe/Berlin: UTC+2 until 2026-10-25 03:00, and again from 2027-03-28 02:00; in between UTC+1.
        ["2026-10-24T21:30 2026-10-25T01:30", "2026-10-31T22:30 2026-11-01T02:30", "2027-03-20T22:30 2027-03-21T02:30", "2027-03-27T22:30 2027-03-28T02:30", "2027-04-03T21:30 2027-04-04T01:30"],
        Between(Berlin(DayOfWeek.Saturday, 23, 30), "2026-10-20T00:00Z", "2026-11-02T00:00Z").Concat(Between(Berlin(DayOfWeek.Saturday, 23, 30), "2027-03-18T00:00Z", "2027-04-05T00:00Z")));

    [Fact]
    public void Start_SkippedByTheClockChange_MovesOnByTheGap() => Assert.Equal(
        ["2027-03-28T01:30 2027-03-28T05:30"],
        Between(Berlin(DayOfWeek.Sunday, 2, 30), "2027-03-28T00:00Z", "2027-03-29T00:00Z"));

    [Fact]
    public void Start_ThatHappensTwice_IsTheFirst() => Assert.Equal(
        ["2026-10-25T00:30 2026-10-25T04:30"],
        Between(Berlin(DayOfWeek.Sunday, 2, 30), "2026-10-25T00:00Z", "2026-10-26T00:00Z"));

    [Fact]
    public void Monthly_OnTheThirtyFirst_LeavesOutShortMonths() => Assert.Equal(
        ["2027-01-31T02:00", "2027-03-31T02:00", "2027-05-31T02:00"],
        Between(Monthly with { DayOfMonth = 31 }, "2027-01-01T00:00Z", "2027-06-15T00:00Z").Select(text => text.Split(' ')[0]));

    [Theory]
    [InlineData(1, "2026-12-01")]
    [InlineData(3, "2026-12-15")]
    [InlineData(-1, "2026-12-29")]
    public void Monthly_OnAnOrdinalWeekday_IsThatWeekday(int ordinal, string day) => Assert.Equal(
        [$"{day}T02:00"],
        Between(Monthly with { Ordinal = ordinal, Days = [DayOfWeek.Tuesday] }, "2026-12-01T00:00Z", "2027-01-01T00:00Z").Select(text => text.Split(' ')[0]));

    [Fact]
    public void Until_LastDay_IsIncluded() =>
        Assert.Single(Between(Sundays with { Until = new DateOnly(2026, 11, 22) }, "2026-11-16T00:00Z", "2027-12-01T00:00Z"));

    [Fact]
    public void Check_WithManyFaults_NamesEachField() => Assert.Equal(
        ["/every", "/durationMinutes", "/zone", "/until", "/days"],
        (Sundays with { Every = 13, DurationMinutes = 0, Zone = "Mars/Olympus", Until = new DateOnly(2026, 10, 1), Days = [] }).Check().Select(fault => fault.Pointer));

    [Theory]
    [InlineData(null, null, 0)]
    [InlineData(32, null, 0)]
    [InlineData(null, 5, 1)]
    [InlineData(15, 1, 1)]
    public void Check_MonthlyWithoutOneDay_IsAFault(int? dayOfMonth, int? ordinal, int days) => Assert.Equal(
        ["/dayOfMonth"],
        (Monthly with { DayOfMonth = dayOfMonth, Ordinal = ordinal, Days = days == 0 ? [] : [DayOfWeek.Monday] }).Check().Select(fault => fault.Pointer));

    private static MaintenanceRecurrence Monthly => Sundays with { Unit = RecurrenceUnit.Monthly, Days = [] };

    private static MaintenanceRecurrence Berlin(DayOfWeek day, int hour, int minute) =>
        Sundays with { Days = [day], At = new TimeOnly(hour, minute), Zone = "Europe/Berlin", From = new DateOnly(2026, 1, 1) };

    private static IEnumerable<string> Between(MaintenanceRecurrence rule, string from, string to) => rule
        .Between(DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.Parse(to, System.Globalization.CultureInfo.InvariantCulture))
        .Select(one => $"{one.Start.UtcDateTime:yyyy-MM-dd'T'HH:mm} {one.End.UtcDateTime:yyyy-MM-dd'T'HH:mm}");
}
