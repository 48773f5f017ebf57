using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Testing;

public sealed class ManualClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Advance_OverSeveralPeriods_FiresEachAtItsOwnTime()
    {
        var clock = new ManualClock(Start);
        var fired = new List<TimeSpan>();
        using var timer = clock.CreateTimer(_ => fired.Add(clock.GetUtcNow() - Start), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5));

        clock.Advance(TimeSpan.FromSeconds(12));

        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(12)], fired);
        Assert.Equal(Start.AddSeconds(12), clock.GetUtcNow());
    }

    [Fact]
    public async Task Delay_OnTheClock_EndsOnlyWhenItsTimeHasCome()
    {
        var clock = new ManualClock(Start);
        var delay = Task.Delay(TimeSpan.FromMinutes(1), clock, TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(delay.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(1));
        await delay;
    }

    [Fact]
    public void StepTo_ThePast_MovesTheCalendarButLetsNoTimePass()
    {
        var clock = new ManualClock(Start);
        var stamp = clock.GetTimestamp();
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        clock.StepTo(Start.AddHours(-1));

        Assert.Equal(Start.AddHours(-1), clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, clock.GetElapsedTime(stamp));
        Assert.Equal(0, fired);
    }
}
