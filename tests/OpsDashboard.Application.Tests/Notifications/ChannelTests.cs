using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using System.Xml.Linq;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Alerts;
using OpsDashboard.Application.Incidents.PostMortems;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Channels;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Domain.Incidents.Alerts;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Notifications;

/// <summary>What Slack and a Twilio-compatible service get to read.</summary>
public sealed class ChannelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slack_Page_HoldsNoMarkupOfTheTitle()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.ReachAsync(channel: Channel.Slack, path: "/services/T0/B0/x");

        await stage.OpenAsync(title: "<!channel> <https://evil.example|click> & co");
        await stage.SettledAsync();

        var text = JsonDocument.Parse(stage.Receiver.All[0].Body).RootElement.GetProperty("text").GetString()!;
        Assert.StartsWith("*[P0] &lt;!channel&gt; &lt;https://evil.example|click&gt; &amp; co*\n", text, StringComparison.Ordinal);
        Assert.Contains("Acknowledge: https://ops.example.org/p/", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slack_Warning_IsToldOncePerOpeningAndNeitherPagesNorMutedOnesAre()
    {
        await using var receiver = await PageReceiver.StartAsync();
        await using var stage = await PagingStage.SetAsync(receiver, settings: [$"Paging:WarningsSlackUrl={receiver.Url}/services/T0/B0/warnings"]);
        var warning = new AlertOpened(7, "Memory above 80 %", "agent-mesh", "gateway", "Sev 3", AlertLevel.Warning, AlertAction.Notify, Muted: false, PagingStage.Now.ToUnixTimeMilliseconds());
        foreach (var alert in (AlertOpened[])[warning, warning, warning with { AlertId = 8, Muted = true }, warning with { AlertId = 9, Action = AlertAction.Page }, warning with { AlertId = 10, Action = AlertAction.Record }])
        {
            await stage.WithinAsync(async services =>
            {
                await services.GetRequiredService<IMediator>().Publish(alert, Token);
                return 0;
            });
        }

        await stage.SettledAsync();
        var told = Assert.Single(receiver.All);
        Assert.Equal("/services/T0/B0/warnings", told.Path);
        Assert.Contains("Memory above 80 %", told.Body, StringComparison.Ordinal);
        Assert.Contains("agent-mesh/gateway", told.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ActionItem_Overdue_RemindsItsOwnerOnceADayAndNeverByACall()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.ReachAsync(channel: Channel.Slack, path: "/services/T0/B0/anna");
        var overdue = new ActionItemOverdue(1, 5, "Alarm on queue length", "anna", "anna", PagingStage.Now.AddHours(-1).ToUnixTimeMilliseconds(), 1, PagingStage.Now.ToUnixTimeMilliseconds());
        foreach (var item in (ActionItemOverdue[])[overdue, overdue, overdue with { ItemId = 6, OwnerId = null }, overdue with { ItemId = 7, OwnerId = "nobody" }])
        {
            await stage.WithinAsync(async services =>
            {
                await services.GetRequiredService<IMediator>().Publish(item, Token);
                return 0;
            });
        }

        await stage.SettledAsync();
        var told = Assert.Single(stage.Receiver.All);
        Assert.Equal("/services/T0/B0/anna", told.Path);
        Assert.Contains("Alarm on queue length", told.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sms_Page_IsShortAndKeepsItsLinkWhole()
    {
        await using var twilio = await PageReceiver.StartAsync();
        using var directory = new TempDirectory();
        await using var stage = await PagingStage.SetAsync(settings: await SettingsAsync(twilio, directory));
        await stage.ReachAsync(channel: Channel.Sms, address: "+14155550100");

        await stage.OpenAsync(title: new string('x', 195));
        await stage.SettledAsync();

        var call = Assert.Single(twilio.All);
        var form = HttpUtility.ParseQueryString(call.Body);
        Assert.Equal("/2010-04-01/Accounts/AC123/Messages.json", call.Path);
        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("AC123:token"))}", call.Headers["Authorization"]);
        Assert.Equal(("+14155550100", "+14155550199"), (form["To"], form["From"]));
        Assert.Matches(@"^P0 x{159}…\. Ack: https://ops\.example\.org/p/[\w-]{22}$", form["Body"]);
        Assert.Equal(MessageState.Sent, Assert.Single(await stage.MessagesAsync()).State);
    }

    [Fact]
    public async Task Call_Page_SaysItTwiceAndIsAcknowledgedByTheSignedKey()
    {
        await using var twilio = await PageReceiver.StartAsync();
        using var directory = new TempDirectory();
        await using var stage = await PagingStage.SetAsync(settings: await SettingsAsync(twilio, directory));
        await stage.ReachAsync(channel: Channel.Voice, address: "+14155550100");

        await stage.OpenAsync(title: "A < B & C");
        await stage.SettledAsync();

        var form = HttpUtility.ParseQueryString(twilio.All[0].Body);
        var twiml = XElement.Parse(form["Twiml"]!);
        Assert.Equal("/2010-04-01/Accounts/AC123/Calls.json", twilio.All[0].Path);
        var gather = twiml.Element("Gather")!;
        Assert.Equal(["Say", "Pause", "Say"], gather.Elements().Select(element => element.Name.LocalName));
        Assert.Contains("Severity P0. A < B & C. Press 1 to acknowledge.", gather.Element("Say")!.Value, StringComparison.Ordinal);

        var action = gather.Attribute("action")!.Value;
        Assert.StartsWith("https://ops.example.org/p/", action, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await PressAsync(stage, action, "1", signature: "bm8=")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PressAsync(stage, action, "1", TwilioCallbacks.Sign("token", action, [new("Digits", "2"), new("CallSid", "CA1")]))).Status);
        Assert.Contains("Not acknowledged", (await PressAsync(stage, action, "2")).Said, StringComparison.Ordinal);
        Assert.Null((await stage.DoAsync(new ListIncidents()))[0].AcknowledgedBy);
        Assert.Contains("You have it", (await PressAsync(stage, action, "1")).Said, StringComparison.Ordinal);
        Assert.Equal("anna", (await stage.DoAsync(new ListIncidents()))[0].AcknowledgedBy?.Id);
        Assert.DoesNotContain("You have it", (await PressAsync(stage, action, "1")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sms_NumberThatIsNone_IsADeadLetter_AndAWrongTokenIsTriedAgain()
    {
        await using var twilio = await PageReceiver.StartAsync();
        using var directory = new TempDirectory();
        await using var stage = await PagingStage.SetAsync(settings: await SettingsAsync(twilio, directory));
        twilio.Answer = (_, before, _) => Task.FromResult(before == 0 ? 401 : 400);
        await stage.ReachAsync(channel: Channel.Sms, address: "+14155550100");

        await stage.OpenAsync();
        await stage.SettledAsync();

        var message = (await stage.MessagesAsync())[0];
        Assert.Equal((MessageState.Dead, 2), (message.State, message.Attempts));
    }

    /// <summary>As the service behind calls tells of a key, by the documented signature.</summary>
    private static async Task<(HttpStatusCode Status, string Said)> PressAsync(PagingStage stage, string action, string digits, string? signature = null)
    {
        KeyValuePair<string, string>[] form = [new("Digits", digits), new("CallSid", "CA1")];
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(action).AbsolutePath) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("X-Twilio-Signature", signature ?? Convert.ToBase64String(HMACSHA1.HashData("token"u8, Encoding.UTF8.GetBytes($"{action}CallSidCA1Digits{digits}"))));
        using var answer = await stage.App.Http.SendAsync(request, Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    private static async Task<string[]> SettingsAsync(PageReceiver twilio, TempDirectory directory)
    {
        var token = directory.Combine("token");
        await File.WriteAllTextAsync(token, "token\n", Token);
        return [$"Twilio:BaseUrl={twilio.Url}", "Twilio:AccountSid=AC123", $"Twilio:AuthTokenFile={token}", "Twilio:From=+14155550199"];
    }
}
