using NodaTime;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Domain.Tests.Incidents;

public sealed class IncidentClockTests
{
    private const long Minute = 60_000;

    private static readonly long Start = Instant.FromUtc(2026, 11, 18, 10, 0).ToUnixTimeMilliseconds();

    [Fact]
    public void Clock_RunningAndStopped_IsMetAtItsDueTimeAndMissedAfter()
    {
        var clock = Of(15);

        Assert.Equal((ClockState.Running, Minute), (clock.At(Start + (14 * Minute)).State, clock.At(Start + (14 * Minute)).LeftMs));
        Assert.Equal(ClockState.Overdue, clock.At(Start + (15 * Minute)).State);
        Assert.Equal(-5 * Minute, clock.At(Start + (20 * Minute)).LeftMs);
        Assert.Equal(ClockState.Met, (clock with { StoppedMs = Start + (15 * Minute) }).At(Start + (60 * Minute)).State);
        Assert.Equal(ClockState.Missed, (clock with { StoppedMs = Start + (15 * Minute) + 1 }).At(Start + (60 * Minute)).State);
    }

    [Fact]
    public void Clock_Paused_StandsAndGoesOnWhereItStood()
    {
        var open = Of(15, new ClockPause(Start + (10 * Minute), null));
        var closed = Of(15, new ClockPause(Start + (10 * Minute), Start + (40 * Minute)));

        Assert.Null(open.DueMs);
        Assert.Equal((ClockState.Paused, 5 * Minute), (open.At(Start + (90 * Minute)).State, open.At(Start + (90 * Minute)).LeftMs));
        Assert.Equal(Start + (45 * Minute), closed.DueMs);
        Assert.Equal((ClockState.Paused, 5 * Minute), (closed.At(Start + (20 * Minute)).State, closed.At(Start + (20 * Minute)).LeftMs));
        Assert.Equal((ClockState.Running, 2 * Minute), (closed.At(Start + (43 * Minute)).State, closed.At(Start + (43 * Minute)).LeftMs));
    }

    [Fact]
    public void Clock_PausedAfterItRanOut_StaysOverdue()
    {
        var clock = Of(15, new ClockPause(Start + (20 * Minute), null));

        Assert.Equal(Start + (15 * Minute), clock.DueMs);
        Assert.Equal(ClockState.Overdue, clock.At(Start + (30 * Minute)).State);
    }

    [Fact]
    public void Clock_OfBusinessDays_CountsOpeningHoursOnly()
    {
        var friday = Instant.FromUtc(2026, 11, 20, 16, 0).ToUnixTimeMilliseconds();
        var clock = new IncidentClock(new(ClockKind.Respond, new(1, ClockUnit.BusinessDays), null), BusinessCalendar.Default, friday, null, []);

        Assert.Equal(Instant.FromUtc(2026, 11, 23, 16, 0).ToUnixTimeMilliseconds(), clock.DueMs);
        Assert.Equal(7 * 60 * Minute, clock.At(Instant.FromUtc(2026, 11, 22, 12, 0).ToUnixTimeMilliseconds()).LeftMs);
    }

    private static IncidentClock Of(int minutes, params ClockPause[] pauses) =>
        new(new(ClockKind.Respond, new(minutes, ClockUnit.Minutes), null), BusinessCalendar.Default, Start, null, pauses);
}
