using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Notifications;

/// <summary>Several processes on one store.</summary>
public sealed class NodesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoNodes_OnOneOutbox_SendEachMessageOnce()
    {
        using var directory = new TempDirectory();
        await using var receiver = await PageReceiver.StartAsync();
        // No answer before more arrived than one node may have under way at one receiver: each of the two must have its part.
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answer = async (_, _, closing) =>
        {
            await both.Task.WaitAsync(closing);
            return 200;
        };
        var clock = new ManualClock(PagingStage.Now);
        await using var one = await PagingStage.SetAsync(receiver, directory.FullPath, clock, settings: "Paging:AttemptTimeoutSeconds=30");
        await using var two = await PagingStage.SetAsync(receiver, directory.FullPath, clock, hire: false, settings: "Paging:AttemptTimeoutSeconds=30");

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => (i % 2 == 0 ? one : two).NotifyAsync($"message {i}", text: $"{i}")));
        await Eventually.TrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(5));
                return receiver.All.Count > new PagingOptions().AtOncePerTarget;
            },
            Token);
        both.SetResult();
        await two.IdleAsync();
        await one.SettledAsync();

        Assert.Equal(60, receiver.All.Count);
        Assert.Equal(60, receiver.Distinct.Count);
        Assert.All(await one.AttemptsAsync(), attempt => Assert.Equal(AttemptOutcome.Sent, attempt.Outcome));
        Assert.Equal(2, (await one.ReadAsync(db => db.Set<OutboxRow>().Select(row => row.ClaimedBy).Distinct().ToListAsync(Token))).Count);
    }

    [Fact]
    public async Task Claim_ThatStandsStill_IsTakenOverAndTheLateAnswerSettlesNothing()
    {
        using var directory = new TempDirectory();
        await using var receiver = await PageReceiver.StartAsync();
        var release = new TaskCompletionSource();
        receiver.Answer = async (_, before, _) =>
        {
            if (before == 0)
            {
                await release.Task;
            }

            return 200;
        };
        // Time stands still for the first node, as for a machine that was suspended; the second lives on.
        await using var asleep = await PagingStage.SetAsync(receiver, directory.FullPath);
        await asleep.NotifyAsync("message");
        await Eventually.TrueAsync(() => receiver.All.Count == 1, Token);
        await using var awake = await PagingStage.SetAsync(receiver, directory.FullPath, hire: false);

        await awake.PassUntilAsync(() => receiver.All.Count == 2, TimeSpan.FromSeconds(1));
        await awake.SettledAsync();
        release.SetResult();

        Assert.Single(receiver.Distinct);
        await asleep.IdleAsync();
        var message = Assert.Single(await awake.MessagesAsync());
        Assert.Equal((MessageState.Sent, 2), (message.State, message.Attempts));
    }
}
