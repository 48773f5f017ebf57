using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Deliveries;
using OpsDashboard.Application.Notifications.Delivery;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Notifications;

/// <summary>From the outbox to a provider that behaves, and to those that do not.</summary>
public sealed class DeliveryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_OfAnOpenedIncident_LeavesAtOnceSignedAndIsRecorded()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.ReachAsync();

        var incident = await stage.OpenAsync();

        // The clock stands still: the commit itself wakes the delivery.
        await Eventually.TrueAsync(() => stage.Receiver.All.Count == 1, Token);
        var page = stage.Receiver.All[0];
        using var body = JsonDocument.Parse(page.Body);
        Assert.Equal(incident.Id, body.RootElement.GetProperty("incidentId").GetInt64());
        Assert.Equal("anna", body.RootElement.GetProperty("person").GetProperty("id").GetString());
        Assert.StartsWith("https://ops.example.org/p/", body.RootElement.GetProperty("acknowledgeUrl").GetString(), StringComparison.Ordinal);
        var signed = $"{page.Headers["webhook-id"]}.{page.Headers["webhook-timestamp"]}.{page.Body}";
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData("secret-of-the-tests"u8, Encoding.UTF8.GetBytes(signed)))}", page.Headers["webhook-signature"]);
        await stage.SettledAsync();
        var message = Assert.Single(await stage.MessagesAsync());
        Assert.Equal((MessageState.Sent, MessageKind.Page, 1), (message.State, message.Kind, message.Attempts));
        Assert.Equal(["Paged anna by webhook"], await stage.TimelineAsync(incident.Id));
    }

    [Fact]
    public async Task Provider_Answers500_IsAskedAgainWithTheSameKeyUntilItTakesIt()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.ReachAsync();
        stage.Receiver.Answer = (_, before, _) => Task.FromResult(before < 3 ? 500 : 200);

        var incident = await stage.OpenAsync();
        await stage.SettledAsync();

        Assert.Equal(4, stage.Receiver.All.Count);
        Assert.Single(stage.Receiver.Distinct);
        Assert.Equal(
            [AttemptOutcome.Failed, AttemptOutcome.Failed, AttemptOutcome.Failed, AttemptOutcome.Sent],
            (await stage.AttemptsAsync()).Select(attempt => attempt.Outcome));
        Assert.Equal(
            ["The page to anna by webhook failed and is tried again: 500 InternalServerError: ok", "Paged anna by webhook at try 4"],
            await stage.TimelineAsync(incident.Id));
    }

    [Fact]
    public async Task Provider_Hangs_HoldsUpNobodyElseAndIsAskedAgain()
    {
        await using var stage = await PagingStage.SetAsync(settings: "Paging:AtOncePerTarget=2");
        await using var other = await PageReceiver.StartAsync();
        await stage.ReachAsync();
        await stage.ReachAsync(address: other.Url + "/other");
        var hanging = true;
        stage.Receiver.Answer = async (_, _, closing) =>
        {
            if (hanging)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return 200;
        };

        for (var i = 0; i < 5; i++)
        {
            await stage.OpenAsync(title: $"Fault {i}");
        }

        await Eventually.TrueAsync(() => other.Distinct.Count == 5 && stage.Receiver.All.Count == 2, Token);
        hanging = false;
        // The two that hang run into their limit together; time then stands still for the others.
        stage.Clock.Advance(TimeSpan.FromSeconds(15));
        await Eventually.TrueAsync(async () => (await stage.AttemptsAsync()).Count(attempt => attempt.Outcome == AttemptOutcome.Failed) == 2, Token);
        await stage.SettledAsync();
        Assert.Equal(5, stage.Receiver.Distinct.Count);
        Assert.Equal(2, (await stage.AttemptsAsync()).Count(attempt => attempt.Answer == "No answer within 15 s."));
        Assert.All(await stage.MessagesAsync(), message => Assert.Equal(MessageState.Sent, message.State));
    }

    [Fact]
    public async Task Provider_AnswersTwice_SecondAnswerIsTakenForNoOther()
    {
        await using var stage = await PagingStage.SetAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var requests = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var serving = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    using var client = await listener.AcceptTcpClientAsync(stop.Token);
                    await using var stream = client.GetStream();
                    _ = await stream.ReadAtLeastAsync(new byte[8192], 200, throwOnEndOfStream: false, stop.Token);
                    // The first message is taken and answered twice; the second is refused for good.
                    var answer = Interlocked.Increment(ref requests) == 1
                        ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                        : "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n";
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), stop.Token);
                }
            },
            Token);
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hook";
        await stage.ReachAsync(address: address);

        await stage.OpenAsync();
        await stage.SettledAsync();
        await stage.OpenAsync(title: "Another");
        await stage.SettledAsync();

        // Then the last resort is asked, who is the same person.
        Assert.Equal([MessageState.Sent, MessageState.Dead, MessageState.Dead], (await stage.MessagesAsync()).Select(message => message.State));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    [Fact]
    public async Task Message_RefusedForGood_IsADeadLetterThatAPersonMayRetryOrDiscard()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.ReachAsync();
        stage.Receiver.Answer = (_, before, _) => Task.FromResult(before == 0 ? 410 : 200);

        var incident = await stage.OpenAsync();
        await stage.SettledAsync();

        var board = await stage.DoAsync(new GetPagingBoard());
        // The last resort, who is asked next, is the same person.
        Assert.Equal(2, board.Dead.Count);
        var dead = board.Dead.MinBy(message => message.Id)!;
        Assert.Equal("410 Gone: ok", dead.Note);
        Assert.Equal(incident.Id, dead.IncidentId);
        Assert.Single(await stage.DoAsync(new Application.Notifications.Pages.UndeliverablePages()));
        await stage.DoAsync(new SettleDeadLetter(dead.Id, Retry: true));
        await stage.SettledAsync();
        Assert.Equal(MessageState.Sent, (await stage.MessagesAsync())[0].State);
        Assert.Empty(await stage.DoAsync(new Application.Notifications.Pages.UndeliverablePages()));
        Assert.False((await stage.SendAsync(new SettleDeadLetter(dead.Id, Retry: false))).Succeeded);
    }

    [Fact]
    public async Task Message_TriedForAsLongAsItMay_IsGivenUp()
    {
        await using var stage = await PagingStage.SetAsync(settings: "Paging:GiveUpAfterMinutes=60");
        stage.Receiver.Answer = (_, _, _) => Task.FromResult(503);

        await stage.NotifyAsync("one");
        var message = (await stage.MessagesAsync())[0];
        while (message.State != MessageState.Dead)
        {
            stage.Skip(DateTimeOffset.FromUnixTimeMilliseconds(message.DueMs) - stage.Clock.GetUtcNow());
            var attempts = message.Attempts;
            await stage.PassUntilAsync(async () => (await stage.MessagesAsync())[0] is { State: MessageState.Queued or MessageState.Dead } now && now.Attempts > attempts);
            message = (await stage.MessagesAsync())[0];
        }

        Assert.InRange(message.SettledAtMs!.Value - message.FirstDueMs, TimeSpan.FromMinutes(50).TotalMilliseconds, TimeSpan.FromMinutes(62).TotalMilliseconds);
        Assert.Equal(stage.Receiver.All.Count, message.Attempts);
    }

    [Fact]
    public async Task Outbox_SameKeyTwice_SendsOnce()
    {
        await using var stage = await PagingStage.SetAsync();

        await stage.NotifyAsync("once");
        await stage.NotifyAsync("once");
        await stage.SettledAsync();

        Assert.Single(stage.Receiver.All);
        Assert.Equal("""{"subject":"Notice","text":"hello"}""", stage.Receiver.All[0].Body);
    }

    [Fact]
    public async Task ContactMethod_PagedTooOften_WaitsForTheMinute()
    {
        await using var stage = await PagingStage.SetAsync(settings: "Paging:WebhooksPerContactPerMinute=3");
        await stage.ReachAsync();
        for (var i = 0; i < 5; i++)
        {
            await stage.OpenAsync(title: $"Fault {i}");
        }

        await stage.PassUntilAsync(() => stage.Receiver.All.Count == 3, TimeSpan.FromMilliseconds(10));
        await stage.PassUntilAsync(async () => (await stage.MessagesAsync()).Count(message => message.Note?.StartsWith("Held back", StringComparison.Ordinal) == true) == 2, TimeSpan.FromMilliseconds(10));
        Assert.Equal(3, stage.Receiver.All.Count);

        stage.Skip(TimeSpan.FromSeconds(59));
        await stage.SettledAsync();
        Assert.Equal(5, stage.Receiver.Distinct.Count);
        Assert.True(stage.Clock.GetUtcNow() - PagingStage.Now > TimeSpan.FromSeconds(59));
    }

    [Fact]
    public async Task Webhook_ToAPrivateAddress_IsRefusedAndNeverCalled()
    {
        await using var stage = await PagingStage.SetAsync(settings: "Outbound:AllowPrivateTargets=false");
        await stage.ReachAsync();

        await stage.OpenAsync();
        await stage.SettledAsync();

        var message = (await stage.MessagesAsync())[0];
        Assert.Equal(MessageState.Dead, message.State);
        Assert.Contains("127.0.0.1 is a private address", message.Note, StringComparison.Ordinal);
        Assert.Empty(stage.Receiver.All);
    }

    [Fact]
    public async Task Webhook_Redirected_IsNotFollowed()
    {
        await using var stage = await PagingStage.SetAsync();
        await using var trap = await PageReceiver.StartAsync();
        await using var redirecting = await LocalServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = trap.Url;
            return Task.CompletedTask;
        });
        await stage.ReachAsync(address: redirecting.Url);

        await stage.OpenAsync();
        await stage.SettledAsync();

        Assert.All(await stage.MessagesAsync(), message => Assert.Equal(MessageState.Dead, message.State));
        Assert.Empty(trap.All);
    }

    [Fact]
    public async Task Clock_SetBackByAnHour_DelaysNoPage()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.ReachAsync();
        stage.Receiver.Answer = (_, before, _) => Task.FromResult(before == 0 ? 500 : 200);
        await stage.OpenAsync();
        await stage.PassUntilAsync(async () => (await stage.MessagesAsync()) is [{ State: MessageState.Queued, Attempts: 1 }], TimeSpan.FromMilliseconds(1));

        stage.Clock.StepTo(PagingStage.Now.AddHours(-1));
        await stage.PassUntilAsync(() => stage.Receiver.All.Count == 2);

        Assert.True(stage.Clock.GetUtcNow() < PagingStage.Now.AddMinutes(-30));
    }

    [Fact]
    public async Task Messages_EndedLongAgo_AreForgotten_AndDeadLettersStay()
    {
        await using var stage = await PagingStage.SetAsync();
        stage.Receiver.Answer = (received, _, _) => Task.FromResult(received.Path == "/gone" ? 410 : 200);
        await stage.NotifyAsync("taken");
        await stage.NotifyAsync("given up", "/gone");
        await stage.SettledAsync();
        var pruner = stage.App.Services.GetRequiredService<OutboxPruner>();

        stage.Skip(TimeSpan.FromDays(OutboxPruner.KeepDays - 1));
        Assert.Equal(0, await pruner.PruneAsync(Token));
        stage.Skip(TimeSpan.FromDays(2));
        Assert.Equal(1, await pruner.PruneAsync(Token));

        Assert.Equal("given up", Assert.Single(await stage.MessagesAsync()).DedupeKey);
        Assert.Single(await stage.AttemptsAsync());
    }

    [Fact]
    public async Task Log_OfAWebhook_HidesTheAddress()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.ReachAsync(path: "/services/T00/B00/secret");

        await stage.OpenAsync();
        await stage.SettledAsync();

        var logged = Assert.Single((await stage.DoAsync(new GetPagingBoard())).Log);
        Assert.Equal($"{stage.Receiver.Url}/…", logged.Address);
        Assert.Equal(0, await stage.ReadAsync(db => db.Set<OutboxRow>().CountAsync(row => row.Note!.Contains("secret"), Token)));
    }
}
