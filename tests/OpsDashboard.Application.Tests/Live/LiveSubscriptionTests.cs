using Microsoft.Extensions.Logging.Abstractions;
using OpsDashboard.Application.Live;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Live;

public sealed class LiveSubscriptionTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
    private int _told;

    [Fact]
    public async Task Change_RightAfterAnother_IsToldWithoutWaitingForTheInterval()
    {
        var bus = NewBus();
        await using var subscription = Subscribe(bus);

        for (var change = 1; change <= LiveSubscription.Burst; change++)
        {
            await PublishAndAdvanceUntilToldAsync(bus, change);
        }

        Assert.True(_clock.GetUtcNow() - new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero) < Interval * LiveSubscription.Burst);
    }

    [Fact]
    public async Task Changes_InAStream_AreToldFourTimesInFourIntervalsAndNotOnceMore()
    {
        var bus = NewBus();
        await using var subscription = Subscribe(bus);
        var began = _clock.GetUtcNow();
        for (var change = 1; change <= LiveSubscription.Burst; change++)
        {
            await PublishAndAdvanceUntilToldAsync(bus, change);
        }

        await PublishAndAdvanceUntilToldAsync(bus, LiveSubscription.Burst + 1);

        Assert.True(_clock.GetUtcNow() - began >= Interval * LiveSubscription.Burst);
    }

    private LiveBus NewBus() => new(_clock, NullLogger<LiveBus>.Instance);

    private LiveSubscription Subscribe(LiveBus bus) => bus.Subscribe([("slo", "a")], Interval, (_, _) =>
    {
        Interlocked.Increment(ref _told);
        return Task.CompletedTask;
    });

    private async Task PublishAndAdvanceUntilToldAsync(LiveBus bus, int change)
    {
        bus.Publish(new Notice("slo", "a", change));
        await Eventually.TrueAsync(
            () =>
            {
                if (Volatile.Read(ref _told) == change)
                {
                    return true;
                }

                _clock.Advance(Soon / 10);
                return false;
            },
            TestContext.Current.CancellationToken);
    }
}
