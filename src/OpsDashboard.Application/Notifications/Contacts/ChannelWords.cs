namespace OpsDashboard.Application.Notifications.Contacts;

/// <summary>How channels are called in sentences.</summary>
public static class ChannelWords
{
    public static string Word(this Channel channel) => channel switch
    {
        Channel.Email => "e-mail",
        Channel.Slack => "Slack",
        Channel.Webhook => "webhook",
        Channel.Sms => "SMS",
        Channel.Voice => "call",
        Channel.Push => "browser",
    };
}
