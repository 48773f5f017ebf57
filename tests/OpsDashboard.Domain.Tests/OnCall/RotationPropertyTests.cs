using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Domain.Tests.OnCall;

/// <summary>What holds of every rotation, whatever the clocks of its zone do.</summary>
public sealed class RotationPropertyTests
{
    // Both changes of the clocks north and south, by half an hour, at midnight, none, and a whole day that was skipped.
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/Chicago", "America/St_Johns", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "Pacific/Apia", "Asia/Kathmandu",
    ];

    private static readonly Gen<RotationStep> Steps = Gen.OneOf(
        Gen.Elements(RotationStep.Day, RotationStep.Week),
        Gen.Choose(1, 40).Select(RotationStep.OfDays),
        Gen.Choose(1, 80).Select(RotationStep.OfHours));

    private static readonly Gen<(Rotation Rotation, DateTimeZone Zone, Instant From, Instant To)> Rotations =
        from zone in Gen.Elements(Zones)
        from step in Steps
        from minute in Gen.Choose(0, 1439)
        from day in Gen.Choose(0, 4000)
        from count in Gen.Choose(1, 5)
        from start in Gen.Choose(0, 400 * 24)
        from length in Gen.Choose(1, 100 * 24)
        let tz = DateTimeZoneProviders.Tzdb[zone]
        let rotation = new Rotation
        {
            Every = step,
            At = LocalTime.FromMinutesSinceMidnight(minute),
            Anchor = new LocalDate(2010, 1, 1).PlusDays(day),
            People = [.. Enumerable.Range(0, count).Select(index => $"p{index}")],
        }
        let begin = rotation.Handoff(tz, 0) + Duration.FromHours(start)
        select (rotation, tz, begin, begin + Duration.FromHours(length));

    [Fact]
    public void Shifts_OfAPlainRotation_HaveNoGapAndNoOverlap() => Prop.ForAll(Rotations.ToArbitrary(), sample =>
    {
        var shifts = sample.Rotation.Shifts(sample.Zone, sample.From, sample.To).ToList();
        return shifts.Count > 0
            && shifts[0].Start <= sample.From && shifts[^1].End >= sample.To
            && shifts.TrueForAll(shift => shift.Start < shift.End)
            && shifts.Zip(shifts.Skip(1)).All(pair => pair.First.End == pair.Second.Start);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Shifts_OfAPlainRotation_AgreeWithWhoIsAsked() => Prop.ForAll(Rotations.ToArbitrary(), sample =>
        sample.Rotation.Shifts(sample.Zone, sample.From, sample.To).All(shift =>
            sample.Rotation.WhoAt(sample.Zone, shift.Start) == shift.Person
            && sample.Rotation.WhoAt(sample.Zone, shift.End - Duration.FromMilliseconds(1)) == shift.Person)).QuickCheckThrowOnFailure();

    [Fact]
    public void Handoff_ByDays_IsOnTheDateCountedFromTheAnchor() => Prop.ForAll(Rotations.ToArbitrary(), Gen.Choose(0, 500).ToArbitrary(), (sample, k) =>
    {
        var (rotation, zone) = (sample.Rotation, sample.Zone);
        if (rotation.Every.Days == 0)
        {
            return true;
        }

        var meant = rotation.Anchor.PlusDays(k * rotation.Every.Days) + rotation.At;
        var told = rotation.Handoff(zone, k).InZone(zone).LocalDateTime;
        // Only a local time that does not exist is told later than it was meant.
        return told == meant || (told > meant && zone.MapLocal(meant).Count == 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void FinalSchedule_OfLayersAndOverrides_CoversItsSpanOnce() => Prop.ForAll(
        Rotations.ToArbitrary(),
        Rotations.ToArbitrary(),
        Gen.Choose(0, 60 * 24).Four().ToArbitrary(),
        (lower, upper, hours) =>
        {
            var (from, to) = (lower.From, lower.To);
            var restricted = new ShiftRestriction { Days = [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday], From = new LocalTime(22, 0), To = new LocalTime(6, 30) };
            var plan = new OnCallSchedule(
                [new(from - Duration.FromDays(1), lower.Zone, [Position(new OnCallLayer { Name = "low", Rotation = lower.Rotation }, new OnCallLayer { Name = "high", Rotation = upper.Rotation, Restrictions = [restricted] })])],
                [new(1, "primary", from + Duration.FromHours(hours.Item1), from + Duration.FromHours(hours.Item1 + hours.Item2 + 1), "p1")],
                [.. Enumerable.Range(0, 5).Select(index => new PersonSpan($"p{index}", null, index == 2 ? from + Duration.FromHours(hours.Item3) : null))]);
            var final = plan.Render("primary", from, to).Final;
            return final[0].Start == from && final[^1].End == to
                && final.All(shift => shift.Start < shift.End)
                && final.Zip(final.Skip(1)).All(pair => pair.First.End == pair.Second.Start)
                && final.All(shift => plan.WhoAt("primary", shift.Start) == shift.Person);
        }).QuickCheckThrowOnFailure();

    private static OnCallPosition Position(params OnCallLayer[] layers) => new() { Id = "primary", Name = "Primary", Layers = layers };
}
