namespace OpsDashboard.Application.Notifications.Delivery;

/// <summary>What a message's delivery depends on, so that one receiver out of order holds up nobody else.</summary>
internal static class DeliveryTarget
{
    public const string Smtp = "smtp";
    public const string Twilio = "twilio";

    public static string Of(Channel channel, string address) => channel switch
    {
        Channel.Email => Smtp,
        Channel.Sms or Channel.Voice => Twilio,
        Channel.Slack or Channel.Webhook or Channel.Push => Uri.TryCreate(address, UriKind.Absolute, out var url) ? url.Authority : "",
    };
}
