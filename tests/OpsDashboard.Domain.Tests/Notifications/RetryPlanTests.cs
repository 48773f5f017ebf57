using OpsDashboard.Domain.Notifications;

namespace OpsDashboard.Domain.Tests.Notifications;

public sealed class RetryPlanTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(9, 256)]
    [InlineData(10, 300)]
    [InlineData(1_000, 300)]
    public void WaitAfter_ManyTries_DoublesUpToFiveMinutes(int attempts, int seconds)
    {
        Assert.Equal(seconds, RetryPlan.WaitAfter(attempts, 0.5).TotalSeconds, 6);
        Assert.Equal(seconds * 0.8, RetryPlan.WaitAfter(attempts, 0).TotalSeconds, 6);
        Assert.InRange(RetryPlan.WaitAfter(attempts, 0.999_999).TotalSeconds, seconds * 1.19, seconds * 1.2);
    }

    [Fact]
    public void WaitAfter_ReceiverAsksForPatience_IsAtLeastThat()
    {
        Assert.Equal(TimeSpan.FromSeconds(90), RetryPlan.WaitAfter(1, 0.5, TimeSpan.FromSeconds(90)));
        Assert.Equal(TimeSpan.FromSeconds(256), RetryPlan.WaitAfter(9, 0.5, TimeSpan.FromSeconds(90)));
        Assert.Equal(RetryPlan.LongestAsked, RetryPlan.WaitAfter(1, 0.5, TimeSpan.FromDays(1)));
    }

    [Fact]
    public void WaitAfter_NoTry_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => RetryPlan.WaitAfter(0, 0.5));
}
