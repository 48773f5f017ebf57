using NodaTime;
using NodaTime.Text;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Domain.Tests.OnCall;

public sealed class OnCallScheduleTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly Instant Always = At("2020-01-01T00:00:00Z");

    [Fact]
    public void Layer_AboveAnother_WinsWithinItsHoursOnly()
    {
        // Weekday nights, 18:00 to 08:00 of the next day.
        var night = new ShiftRestriction
        {
            Days = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday],
            From = new LocalTime(18, 0),
            To = new LocalTime(8, 0),
        };
        var plan = Plan([Weekly("day", "ann", "ben"), Weekly("night", "eve") with { Restrictions = [night] }]);

        Assert.Equal("ann", plan.WhoAt("primary", At("2026-11-03T16:59:59Z")));
        Assert.Equal("eve", plan.WhoAt("primary", At("2026-11-03T17:00:00Z")));
        Assert.Equal("eve", plan.WhoAt("primary", At("2026-11-04T06:59:59Z")));
        Assert.Equal("ann", plan.WhoAt("primary", At("2026-11-04T07:00:00Z")));
        // Friday's night ends on Saturday; Saturday has none.
        Assert.Equal("eve", plan.WhoAt("primary", At("2026-11-07T06:00:00Z")));
        Assert.Equal("ann", plan.WhoAt("primary", At("2026-11-07T20:00:00Z")));
    }

    [Theory]
    [InlineData("2026-03-29", 9)]
    [InlineData("2026-10-25", 11)]
    public void Night_AcrossAChangeOfTheClocks_LastsUntilItsWallClockEnd(string sunday, int hours)
    {
        var night = new ShiftRestriction { Days = [IsoDayOfWeek.Saturday], From = new LocalTime(22, 0), To = new LocalTime(8, 0) };
        var plan = Plan([Weekly("night", "eve") with { Restrictions = [night], Rotation = Weekly("night", "eve").Rotation with { Anchor = new LocalDate(2026, 1, 5) } }]);
        var midnight = LocalDatePattern.Iso.Parse(sunday).Value.AtStartOfDayInZone(Berlin).ToInstant();

        var shift = Assert.Single(plan.Render("primary", midnight - Duration.FromHours(12), midnight + Duration.FromHours(12)).Final, shift => shift.Person is not null);

        Assert.Equal(Duration.FromHours(hours), shift.End - shift.Start);
    }

    [Fact]
    public void Override_OfTwo_TheLaterOneWins()
    {
        var plan = Plan([Weekly("week", "ann", "ben")]) with
        {
            Overrides =
            [
                new(1, "primary", At("2026-11-03T00:00:00Z"), At("2026-11-05T00:00:00Z"), "ben"),
                new(2, "primary", At("2026-11-04T00:00:00Z"), At("2026-11-04T12:00:00Z"), "eve"),
            ],
        };

        var final = plan.Render("primary", At("2026-11-02T12:00:00Z"), At("2026-11-06T00:00:00Z")).Final;

        Assert.Equal(["ann", "ben", "eve", "ben", "ann"], final.Select(shift => shift.Person));
        Assert.Equal([null, 1, 2, 1, null], final.Select(shift => shift.OverrideId));
    }

    [Fact]
    public void Person_LeavingMidShift_LeavesAGapUnlessALayerIsBeneath()
    {
        var leaves = At("2026-11-04T10:00:00Z");
        PersonSpan[] people = [new("ann", null, leaves), new("ben", null, null), new("eve", null, null)];
        var alone = Plan([Weekly("week", "ann", "ben")]) with { People = people };
        var backed = Plan([Weekly("net", "eve"), Weekly("week", "ann", "ben")]) with { People = people };

        Assert.Equal("ann", alone.WhoAt("primary", leaves - Duration.FromMilliseconds(1)));
        Assert.Null(alone.WhoAt("primary", leaves));
        Assert.Equal("eve", backed.WhoAt("primary", leaves));
        var gap = Assert.Single(alone.Render("primary", At("2026-11-02T08:00:00Z"), At("2026-11-16T08:00:00Z")).Gaps);
        Assert.Equal((leaves, At("2026-11-09T08:00:00Z")), (gap.Start, gap.End));
    }

    [Fact]
    public void Version_ThatTakesEffectLater_LeavesWhatWasBefore()
    {
        var before = Plan([Weekly("week", "ann", "ben")]);
        var change = At("2026-11-05T00:00:00Z");
        var after = before with { Versions = [.. before.Versions, new(change, Berlin, [Position([Weekly("week", "eve")])])] };
        var (from, to) = (At("2026-10-26T08:00:00Z"), At("2026-11-20T00:00:00Z"));

        Assert.Equal(before.Render("primary", from, change).Final, after.Render("primary", from, change).Final);
        Assert.Equal("ann", after.WhoAt("primary", change - Duration.FromMilliseconds(1)));
        Assert.Equal("eve", after.WhoAt("primary", change));
        Assert.Empty(after.Render("secondary", from, to).Final);
    }

    [Theory]
    [InlineData("day", "day")]
    [InlineData("week", "week")]
    [InlineData("P3D", "P3D")]
    [InlineData("P2W", "P14D")]
    [InlineData("PT12H", "PT12H")]
    [InlineData("P1D", "day")]
    public void Step_AsWritten_IsReadAndWrittenAgain(string text, string canonical)
    {
        Assert.True(RotationStep.TryParse(text, out var step));
        Assert.Equal(canonical, step.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("fortnight")]
    [InlineData("P0D")]
    [InlineData("P367D")]
    [InlineData("PT-1H")]
    [InlineData("PT8785H")]
    [InlineData("P1.5D")]
    [InlineData("P")]
    [InlineData("PT")]
    public void Step_ThatIsNone_IsNotRead(string? text) => Assert.False(RotationStep.TryParse(text, out _));

    private static OnCallSchedule Plan(OnCallLayer[] layers) => new(
        [new(Always, Berlin, [Position(layers)])],
        [],
        [new("ann", null, null), new("ben", null, null), new("eve", null, null)]);

    private static OnCallPosition Position(OnCallLayer[] layers) => new() { Id = "primary", Name = "Primary", Layers = layers };

    private static OnCallLayer Weekly(string name, params string[] people) => new()
    {
        Name = name,
        Rotation = new Rotation { Every = RotationStep.Week, At = new LocalTime(9, 0), Anchor = new LocalDate(2026, 10, 5), People = people },
    };

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;
}
