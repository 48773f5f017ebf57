using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Application.StatusPages.Store;
using OpsDashboard.Application.StatusPages.Subscriptions;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.StatusPages;

public sealed partial class SubscriptionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Email_BeforeItIsConfirmed_IsSentNothingButTheQuestion()
    {
        await using var stage = await StatusStage.SetAsync();
        await stage.DoneAsync(new SubscribeEmail("all", "reader@example.org"));
        await stage.PublishAsync();
        await stage.StepAsync();

        var message = Assert.Single(await stage.MessagesAsync());
        Assert.Equal("reader@example.org", stage.App.Open(message.Address));
        Assert.Contains("https://status.example/status/subscriptions/confirm?token=", message.Text);
    }

    [Fact]
    public async Task Email_Confirmed_IsToldOfEachWordOnceWithALinkToLeave()
    {
        await using var stage = await StatusStage.SetAsync();
        await SubscribeAsync(stage, "all", "reader@example.org");
        await SubscribeAsync(stage, "mlops", "serving@example.org");
        await SubscribeAsync(stage, "agent-mesh", "mesh@example.org");
        var asked = (await stage.MessagesAsync()).Count;

        var id = await stage.PublishAsync();
        await stage.StepAsync();
        await stage.StepAsync();
        await stage.PostAsync(id, PublicStatus.Resolved, "All requests are answered again.");
        await stage.StepAsync();

        var told = (await stage.MessagesAsync()).Skip(asked).ToList();
        Assert.Equal(
            ["[Investigating] Requests fail → reader@example.org", "[Investigating] Requests fail → serving@example.org", "[Resolved] Requests fail → reader@example.org", "[Resolved] Requests fail → serving@example.org"],
            told.Select(message => $"{message.Subject} → {stage.App.Open(message.Address)}"));
        Assert.All(told, message => Assert.Contains("\"List-Unsubscribe-Post\":\"List-Unsubscribe=One-Click\"", message.Headers));
        Assert.All(told, message => Assert.Contains($"https://status.example/status/incidents/{id}", message.Text));
    }

    [Fact]
    public async Task Leave_ByTheLinkOfANotice_EndsItAndForgetsTheAddress()
    {
        await using var stage = await StatusStage.SetAsync();
        await SubscribeAsync(stage, "all", "reader@example.org");
        var id = await stage.PublishAsync();
        await stage.StepAsync();
        var last = (await stage.MessagesAsync())[^1];

        await stage.DoneAsync(new LeaveSubscription(TokenIn(last.Text)));
        await stage.DoneAsync(new LeaveSubscription(TokenIn(last.Text)));
        await stage.PostAsync(id, PublicStatus.Resolved, "Over.");
        await stage.StepAsync();

        Assert.Equal(last.Id, (await stage.MessagesAsync())[^1].Id);
        Assert.Equal("", await stage.ReadAsync(db => db.Set<SubscriberRow>().Select(row => row.Address).SingleAsync(Token)));
        await SubscribeAsync(stage, "all", "reader@example.org");
    }

    [Fact]
    public async Task Confirm_UsedOldOrForeignToken_IsRefused()
    {
        await using var stage = await StatusStage.SetAsync();
        await stage.DoneAsync(new SubscribeEmail("all", "one@example.org"));
        var token = TokenIn((await stage.MessagesAsync())[^1].Text);
        await stage.DoneAsync(new ConfirmSubscription(token));
        Assert.False((await stage.SendAsync(new ConfirmSubscription(token))).Succeeded);
        Assert.False((await stage.SendAsync(new ConfirmSubscription(new string('0', 64)))).Succeeded);

        await stage.DoneAsync(new SubscribeEmail("all", "two@example.org"));
        var late = TokenIn((await stage.MessagesAsync())[^1].Text);
        stage.Pass(TimeSpan.FromDays(1));
        Assert.False((await stage.SendAsync(new ConfirmSubscription(late))).Succeeded);
    }

    [Fact]
    public async Task Email_AskedAgain_AnswersAlikeAndMailsAtMostOnceInTenMinutes()
    {
        await using var stage = await StatusStage.SetAsync();
        await SubscribeAsync(stage, "all", "known@example.org");
        var before = (await stage.MessagesAsync()).Count;

        var known = await stage.SendAsync(new SubscribeEmail("all", "KNOWN@example.org"));
        var fresh = await stage.SendAsync(new SubscribeEmail("all", "new@example.org"));
        var again = await stage.SendAsync(new SubscribeEmail("all", "new@example.org"));

        Assert.Equal((true, true, true), (known.Succeeded, fresh.Succeeded, again.Succeeded));
        Assert.Equal(before + 1, (await stage.MessagesAsync()).Count);
        stage.Pass(TimeSpan.FromMinutes(10));
        await stage.DoneAsync(new SubscribeEmail("all", "new@example.org"));
        Assert.Equal(before + 2, (await stage.MessagesAsync()).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@b")]
    [InlineData("a@example.org\r\nBcc: b@example.org")]
    [InlineData("Name <a@example.org>")]
    [InlineData("a@example.org,b@example.org")]
    public void Email_ThatIsNoPlainMailbox_IsRefused(string email) =>
        Assert.Equal("email.address", new SubscribeEmailValidator().Validate(new SubscribeEmail("all", email)).Errors.Single().ErrorCode);

    [Fact]
    public async Task Tokens_InTheStore_AreHashedOrSealed()
    {
        await using var stage = await StatusStage.SetAsync();
        await stage.DoneAsync(new SubscribeEmail("all", "reader@example.org"));
        var token = TokenIn((await stage.MessagesAsync())[^1].Text);
        var hook = await stage.DoneAsync(new SubscribeWebhook("all", "https://hooks.example/status"));

        var stored = JsonSerializer.Serialize(await stage.ReadAsync(db => db.Set<SubscriberRow>().AsNoTracking().ToListAsync(Token)));

        Assert.All([token, hook.Secret, hook.LeaveToken], secret => Assert.DoesNotContain(secret, stored));
    }

    [Fact]
    public async Task Webhook_ThatRepeatsTheChallenge_IsToldWithASignature()
    {
        await using var server = await LocalServer.StartAsync(async (context, _) =>
        {
            var body = await JsonDocument.ParseAsync(context.Request.Body);
            await context.Response.WriteAsync(body.RootElement.GetProperty("challenge").GetString()!);
        });
        await using var stage = await StatusStage.SetAsync("Outbound:AllowPrivateTargets=true");
        var hook = await stage.DoneAsync(new SubscribeWebhook("mlops", $"{server.Url}/hook"));
        await stage.PublishAsync();
        await stage.StepAsync();
        Assert.Empty(await stage.MessagesAsync());

        await stage.App.Services.GetRequiredService<WebhookChallenger>().StepAsync(Token);
        stage.Pass(TimeSpan.FromMinutes(1));
        await stage.PublishAsync(title: "Another");
        await stage.StepAsync();

        var message = Assert.Single(await stage.MessagesAsync());
        Assert.Equal((Channel.Webhook, hook.Secret), (message.Channel, stage.App.Open(message.SigningSecret)));
        var payload = JsonDocument.Parse(message.Text).RootElement;
        Assert.Equal("Another", payload.GetProperty("incident").GetProperty("name").GetString());
        Assert.Equal("investigating", payload.GetProperty("incident").GetProperty("status").GetString());
        Assert.Contains(hook.LeaveToken, payload.GetProperty("meta").GetProperty("unsubscribe").GetString());
    }

    [Fact]
    public async Task Webhook_ThatDoesNot_IsForgottenAfterFiveTries()
    {
        var asked = 0;
        await using var server = await LocalServer.StartAsync(async (context, _) =>
        {
            Interlocked.Increment(ref asked);
            await context.Response.WriteAsync("thanks");
        });
        await using var stage = await StatusStage.SetAsync("Outbound:AllowPrivateTargets=true");
        await stage.DoneAsync(new SubscribeWebhook("all", $"{server.Url}/hook"));

        for (var i = 0; i < 8; i++)
        {
            await stage.App.Services.GetRequiredService<WebhookChallenger>().StepAsync(Token);
            stage.Pass(TimeSpan.FromHours(1));
        }

        Assert.Equal(5, asked);
        Assert.Equal(SubscriberState.Gone, await stage.ReadAsync(db => db.Set<SubscriberRow>().Select(row => row.State).SingleAsync(Token)));
    }

    [Fact]
    public async Task Webhook_ToAPrivateAddress_IsNotCalled()
    {
        var asked = 0;
        await using var server = await LocalServer.StartAsync((_, _) =>
        {
            Interlocked.Increment(ref asked);
            return Task.CompletedTask;
        });
        await using var stage = await StatusStage.SetAsync("Outbound:AllowPrivateTargets=false");
        await stage.DoneAsync(new SubscribeWebhook("all", $"{server.Url}/hook"));

        await stage.App.Services.GetRequiredService<WebhookChallenger>().StepAsync(Token);

        Assert.Equal(0, asked);
        Assert.Equal(1, await stage.ReadAsync(db => db.Set<SubscriberRow>().Select(row => row.Challenges).SingleAsync(Token)));
    }

    [Fact]
    public async Task Maintenance_PlannedOnce_IsAnnouncedRemindedBegunAndEnded()
    {
        await using var stage = await StatusStage.SetAsync();
        await SubscribeAsync(stage, "all", "reader@example.org");
        await stage.DoneAsync(new PlanMaintenance { Platform = "mlops", Start = StatusStage.Now.AddDays(4), End = StatusStage.Now.AddDays(4).AddHours(2), Reason = "New disks" });

        Assert.Equal(["[Scheduled] New disks", "[Reminder] New disks", "[In progress] New disks", "[Completed] New disks"], await SubjectsAsync(stage, TimeSpan.FromDays(5)));
    }

    [Fact]
    public async Task Maintenance_ThatRecurs_IsNotAnnouncedWindowByWindow()
    {
        await using var stage = await StatusStage.SetAsync();
        await SubscribeAsync(stage, "all", "reader@example.org");
        await stage.DoneAsync(new PlanMaintenanceSeries { Platform = "agent-mesh", Rule = Sundays, Reason = "Weekly maintenance" });

        // Wednesday to Tuesday: one Sunday, and the reminder of none after it.
        Assert.Equal(["[Reminder] Weekly maintenance", "[In progress] Weekly maintenance", "[Completed] Weekly maintenance"], await SubjectsAsync(stage, TimeSpan.FromDays(6)));
    }

    internal static MaintenanceRecurrence Sundays { get; } = new()
    {
        Unit = RecurrenceUnit.Weekly,
        Days = [DayOfWeek.Sunday],
        At = new TimeOnly(2, 0),
        DurationMinutes = 240,
        Zone = "UTC",
        From = new DateOnly(2026, 11, 18),
    };

    private static async Task<IEnumerable<string>> SubjectsAsync(StatusStage stage, TimeSpan over)
    {
        var known = (await stage.MessagesAsync()).Count;
        for (var passed = TimeSpan.Zero; passed <= over; passed += TimeSpan.FromMinutes(30))
        {
            await stage.StepAsync();
            stage.Pass(TimeSpan.FromMinutes(30));
        }

        return (await stage.MessagesAsync()).Skip(known).Select(message => message.Subject);
    }

    private static async Task SubscribeAsync(StatusStage stage, string page, string email)
    {
        await stage.DoneAsync(new SubscribeEmail(page, email));
        await stage.DoneAsync(new ConfirmSubscription(TokenIn((await stage.MessagesAsync())[^1].Text)));
    }

    private static string TokenIn(string text) => TokenPattern().Match(text).Groups[1].Value;

    [GeneratedRegex("token=([0-9a-f]{64})")]
    private static partial Regex TokenPattern();
}
