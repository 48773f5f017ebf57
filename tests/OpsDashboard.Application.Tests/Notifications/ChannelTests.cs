using System.Text;
using System.Text.Json;
using System.Web;
using System.Xml.Linq;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents.Alerts;
using OpsDashboard.Application.Incidents.PostMortems;
using OpsDashboard.Application.Notifications;
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
    public async Task Call_Page_IsTwimlThatSaysItTwice()
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
        Assert.Equal(["Say", "Pause", "Say"], twiml.Elements().Select(element => element.Name.LocalName));
        Assert.Contains("Severity P0. A < B & C.", twiml.Element("Say")!.Value, StringComparison.Ordinal);
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

    private static async Task<string[]> SettingsAsync(PageReceiver twilio, TempDirectory directory)
    {
        var token = directory.Combine("token");
        await File.WriteAllTextAsync(token, "token\n", Token);
        return [$"Twilio:BaseUrl={twilio.Url}", "Twilio:AccountSid=AC123", $"Twilio:AuthTokenFile={token}", "Twilio:From=+14155550199"];
    }
}
