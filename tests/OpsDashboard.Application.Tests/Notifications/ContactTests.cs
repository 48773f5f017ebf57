using System.Text.Json;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Contacts;
using OpsDashboard.Application.Platform.Outbound;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Notifications;

/// <summary>How a person says how to reach them.</summary>
public sealed class ContactTests
{
    private static readonly Caller Anna = new("anna", new HashSet<Access> { Access.View, Access.Respond }, "anna");

    [Fact]
    public async Task Webhook_AddedAndVerifiedByItsCode_TakesATestPage()
    {
        await using var stage = await PagingStage.SetAsync();

        var added = await stage.DoAsync(new AddContactMethod { PersonId = "anna", Channel = Channel.Webhook, Address = $"{stage.Receiver.Url}/me", Label = "My phone" }, Anna);
        Assert.StartsWith("whsec_", added.SigningSecret, StringComparison.Ordinal);
        Assert.False((await stage.SendAsync(new SendTestPage(added.Id), Anna)).Succeeded);
        await stage.DoAsync(new SendVerificationCode(added.Id), Anna);
        await stage.SettledAsync();
        var code = JsonDocument.Parse(stage.Receiver.All[0].Body).RootElement.GetProperty("code").GetString()!;

        var wrong = await stage.DoAsync(new VerifyContactMethod(added.Id, code == "000000" ? "000001" : "000000"), Anna);
        var right = await stage.DoAsync(new VerifyContactMethod(added.Id, code), Anna);
        await stage.DoAsync(new SendTestPage(added.Id), Anna);
        await stage.SettledAsync();

        Assert.Equal(new CodeVerdict(Verified: false, 5), wrong);
        Assert.True(right.Verified);
        var mine = await stage.DoAsync(new GetPersonContacts("anna"), Anna);
        Assert.True(Assert.Single(mine.Methods).IsPaged);
        Assert.Equal([MessageKind.Test, MessageKind.Verification], mine.Recent.Select(message => message.Kind));
        Assert.All(mine.Recent, message => Assert.Equal((MessageState.Sent, "200 OK: ok"), (message.State, message.Note)));
    }

    [Fact]
    public async Task Code_GuessedTooOftenOrTooOld_IsWorthNothing()
    {
        await using var stage = await PagingStage.SetAsync();
        var added = await stage.DoAsync(new AddContactMethod { PersonId = "anna", Channel = Channel.Webhook, Address = $"{stage.Receiver.Url}/me" });
        await stage.DoAsync(new SendVerificationCode(added.Id));
        await stage.SettledAsync();
        var code = CodeOf(stage.Receiver.All[0]);

        for (var tries = 0; tries < 6; tries++)
        {
            Assert.Equal(5 - tries, (await stage.DoAsync(new VerifyContactMethod(added.Id, "no"))).TriesLeft);
        }

        Assert.Equal(new CodeVerdict(Verified: false, 0), await stage.DoAsync(new VerifyContactMethod(added.Id, code)));
        Assert.Equal("A code was sent less than a minute ago.", (await stage.SendAsync(new SendVerificationCode(added.Id))).Failure?.Message);
        stage.Skip(TimeSpan.FromMinutes(1));
        await stage.DoAsync(new SendVerificationCode(added.Id));
        await stage.SettledAsync();
        stage.Skip(TimeSpan.FromMinutes(15));
        Assert.Equal(new CodeVerdict(Verified: false, 0), await stage.DoAsync(new VerifyContactMethod(added.Id, CodeOf(stage.Receiver.Distinct[^1]))));
    }

    [Theory]
    [InlineData(Channel.Email, "anna@example.org", true)]
    [InlineData(Channel.Email, "Anna <anna@example.org>", false)]
    [InlineData(Channel.Email, "anna@example.org\r\nBcc: all@example.org", false)]
    [InlineData(Channel.Email, "anna", false)]
    [InlineData(Channel.Sms, "+14155550100", true)]
    [InlineData(Channel.Voice, "+1 415 555 0100", false)]
    [InlineData(Channel.Sms, "4155550100", false)]
    [InlineData(Channel.Slack, "https://hooks.slack.com/services/T0/B0/x", true)]
    [InlineData(Channel.Webhook, "ftp://example.org/", false)]
    [InlineData(Channel.Webhook, "https://user:secret@example.org/", false)]
    [InlineData(Channel.Webhook, "http://169.254.169.254/latest/meta-data", false)]
    [InlineData(Channel.Webhook, "http://[::ffff:169.254.169.254]/", false)]
    public void Address_OfAChannel_IsJudgedBeforeItIsWritten(Channel channel, string address, bool taken)
    {
        var fault = ContactAddress.Fault(channel, address, new OutboundPolicy(AllowPrivate: true, []));

        Assert.Equal(taken, fault is null);
    }

    [Fact]
    public async Task ContactMethods_OfAnother_MayNotBeChanged()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.HireAsync("ben", "l2-engineering");
        var id = await stage.ReachAsync("ben");

        Assert.Equal(FailureKind.Forbidden, (await stage.SendAsync(new RemoveContactMethod(id), Anna)).Failure?.Kind);
        Assert.Equal(FailureKind.Forbidden, (await stage.SendAsync(new AddContactMethod { PersonId = "ben", Channel = Channel.Email, Address = "a@example.org" }, Anna)).Failure?.Kind);
        Assert.Equal("/address", (await stage.SendAsync(new AddContactMethod { PersonId = "anna", Channel = Channel.Email, Address = "anna" }, Anna)).Failure?.Faults[0].Pointer);
        Assert.Equal(FailureKind.Forbidden, (await stage.SendAsync(new SetQuietHours("ben", null), Anna)).Failure?.Kind);
    }

    [Fact]
    public async Task ContactMethods_Moved_KeepTheirNewOrder()
    {
        await using var stage = await PagingStage.SetAsync();
        foreach (var name in (string[])["a", "b", "c"])
        {
            await stage.DoAsync(new AddContactMethod { PersonId = "anna", Channel = Channel.Webhook, Address = $"{stage.Receiver.Url}/{name}", Label = name });
        }

        var third = (await stage.DoAsync(new GetPersonContacts("anna"))).Methods[2];
        await stage.DoAsync(new ChangeContactMethod(third.Id) { Move = -2, DelayMinutes = 5 });

        var methods = (await stage.DoAsync(new GetPersonContacts("anna"))).Methods;
        Assert.Equal(["c", "a", "b"], methods.Select(method => method.Label));
        Assert.Equal(300, methods[0].DelaySeconds);
    }

    private static string CodeOf(PageReceiver.Received received) => JsonDocument.Parse(received.Body).RootElement.GetProperty("code").GetString()!;
}
