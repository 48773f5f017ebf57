using Microsoft.Extensions.Options;

namespace OpsDashboard.Application.Notifications;

/// <summary>Which channels this instance can use at all.</summary>
public sealed class ChannelSetup(IOptions<SmtpOptions> smtp, IOptions<TwilioOptions> twilio)
{
    public IReadOnlyList<Channel> Usable => [.. Enum.GetValues<Channel>().Where(IsUsable)];

    public bool IsUsable(Channel channel) => Lack(channel) is null;

    /// <returns>The setting that is missing; null when the channel works.</returns>
    public string? Lack(Channel channel) => channel switch
    {
        Channel.Email => smtp.Value.IsConfigured ? null : "E-mail is not set up: Smtp:Host is empty.",
        Channel.Sms => twilio.Value.IsConfigured ? null : "SMS is not set up: Twilio:AccountSid is empty.",
        Channel.Voice => twilio.Value.IsConfigured ? null : "Calls are not set up: Twilio:AccountSid is empty.",
        Channel.Slack or Channel.Webhook => null,
        Channel.Push => "This version sends no browser notifications.",
    };
}
