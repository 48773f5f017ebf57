using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Contacts;
using OpsDashboard.Application.Notifications.Pages;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Domain.Notifications;
using OpsDashboard.Domain.OnCall;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Notifications;

/// <summary>Which pages are owed, and which are not owed any more.</summary>
public sealed class PageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_OwedTwice_IsWrittenOnceForEachContactMethod()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.ReachAsync();
        await stage.ReachAsync(path: "/second", delaySeconds: 60);
        var incident = await stage.OpenAsync();
        var owed = new PageOwed(incident.Id, "API down", "mlops", "P0", Urgent: true, 0, "L1", 0, [new PersonRef("anna", "anna"), new PersonRef("anna", "anna")], CatchAll: false, PagingStage.Now.ToUnixTimeMilliseconds());

        await stage.WithinAsync(async services =>
        {
            var mediator = services.GetRequiredService<IMediator>();
            await mediator.Publish(owed, Token);
            await mediator.Publish(owed, Token);
            return 0;
        });

        Assert.Equal(2, await stage.ReadAsync(db => db.Set<PageRow>().CountAsync(Token)));
        Assert.Equal(2, (await stage.MessagesAsync()).Count);
    }

    [Fact]
    public async Task Page_OfATransactionThatFails_IsNotOwed()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.ReachAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => stage.WithinAsync<int>(async services =>
        {
            await services.GetRequiredService<IMediator>().Publish(
                new PageOwed(1, "API down", "mlops", "P0", Urgent: true, 0, "L1", 0, [new PersonRef("anna", "anna")], CatchAll: false, 0),
                Token);
            throw new InvalidOperationException("The cause could not be written.");
        }));

        stage.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty(await stage.MessagesAsync());
        Assert.Empty(stage.Receiver.All);
    }

    [Fact]
    public async Task Acknowledgement_WithdrawsWhatIsQueued_AndWhatFailsIsNotTriedAgain()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.ReachAsync();
        await stage.ReachAsync(path: "/later", delaySeconds: 120);
        var arrived = new TaskCompletionSource();
        var acknowledged = new TaskCompletionSource();
        stage.Receiver.Answer = async (_, _, _) =>
        {
            arrived.TrySetResult();
            await acknowledged.Task;
            return 500;
        };
        var incident = await stage.OpenAsync();
        await arrived.Task.WaitAsync(Token);

        await stage.DoAsync(new AcknowledgeIncident(incident.Id, "anna"));
        acknowledged.SetResult();
        await stage.SettledAsync();
        stage.Skip(TimeSpan.FromMinutes(4));
        stage.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.All(await stage.MessagesAsync(), message => Assert.Equal(MessageState.Withdrawn, message.State));
        Assert.Single(stage.Receiver.All);
    }

    [Fact]
    public async Task Steps_OfAPerson_FollowTheirDelays()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.ReachAsync(path: "/now");
        await stage.ReachAsync(path: "/in-a-minute", delaySeconds: 60);

        await stage.OpenAsync();
        await stage.PassUntilAsync(() => stage.Receiver.All.Count == 1, TimeSpan.FromMilliseconds(1));
        stage.Skip(TimeSpan.FromSeconds(58));
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(stage.Receiver.All);
        await stage.PassUntilAsync(() => stage.Receiver.All.Count == 2);

        Assert.Equal(["/now", "/in-a-minute"], stage.Receiver.All.Select(page => page.Path));
        Assert.True(stage.Clock.GetUtcNow() >= PagingStage.Now.AddSeconds(60));
    }

    [Fact]
    public async Task QuietHours_HoldBackWhatCanWait_AndNeverTheUpperTwo()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.ReachAsync();
        // 10:00 UTC is 11:00 in Berlin.
        await stage.DoAsync(new SetQuietHours("anna", new QuietHours("Europe/Berlin", 9 * 60, 13 * 60)));

        await Owe(stage, 1, urgent: false);
        await Owe(stage, 2, urgent: true);

        var due = (await stage.MessagesAsync()).ConvertAll(message => DateTimeOffset.FromUnixTimeMilliseconds(message.DueMs));
        Assert.Equal([PagingStage.Now.AddHours(2), PagingStage.Now], due);
    }

    [Fact]
    public async Task UnverifiedMethod_IsNeverPaged_AndTheBannerSaysWhoCannotBeReached()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.ReachAsync(verified: false);
        await stage.ReachAsync(channel: Channel.Email, address: "anna@example.org");

        var incident = await stage.OpenAsync();
        await stage.SettledAsync();

        Assert.Empty(await stage.MessagesAsync());
        var banner = Assert.Single(await stage.DoAsync(new UndeliverablePages()));
        Assert.Equal((incident.Id, true), (banner.IncidentId, banner.NobodyReached));
        Assert.Equal(["anna"], banner.People);
        Assert.Equal(["anna cannot be paged: no verified contact method on a channel that is set up"], (await stage.TimelineAsync(incident.Id)).Distinct());
        await stage.DoAsync(new AcknowledgeIncident(incident.Id, "anna"));
        Assert.Empty(await stage.DoAsync(new UndeliverablePages()));
    }

    [Fact]
    public async Task Reachability_KnowsVerifiedMethodsOfChannelsThatAreSetUp()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.ReachAsync("anna");
        await stage.ReachAsync("ben", verified: false);
        await stage.ReachAsync("cleo", channel: Channel.Sms, address: "+14155550100");

        var without = await stage.WithinAsync(services => services.GetRequiredService<Reachability>().UnreachableAsync(["anna", "ben", "cleo", "dana"], Token));

        Assert.Equal(["ben", "cleo", "dana"], without);
    }

    private static Task<int> Owe(PagingStage stage, long incident, bool urgent) => stage.WithinAsync(async services =>
    {
        await services.GetRequiredService<IMediator>().Publish(
            new PageOwed(incident, "API slow", "mlops", urgent ? "P1" : "P2", urgent, 0, "L1", 0, [new PersonRef("anna", "anna")], CatchAll: false, PagingStage.Now.ToUnixTimeMilliseconds()),
            Token);
        return 0;
    });
}
