using Microsoft.Extensions.Options;
using OpsDashboard.Application.Notifications.Store;

namespace OpsDashboard.Application.Notifications;

/// <summary>Section <c>Demo</c>, as far as it concerns what is sent.</summary>
internal sealed class DemoMailboxOptions
{
    /// <summary>Domain of the mailboxes of people who are made up. RFC 2606: nobody can have it.</summary>
    public const string Domain = "@demo.invalid";

    /// <summary>Mails to made-up people are received by the product itself; else they are refused.</summary>
    public bool Enabled { get; set; }
}

/// <summary>Which channels this instance can use at all.</summary>
public sealed class ChannelSetup
{
    private readonly SmtpOptions smtp;
    private readonly TwilioOptions twilio;

    internal ChannelSetup(SmtpOptions smtp, TwilioOptions twilio, bool hasDemoMailboxes) =>
        (this.smtp, this.twilio, HasDemoMailboxes) = (smtp, twilio, hasDemoMailboxes);

    /// <summary>Only with the demo: mails to its made-up people are received here.</summary>
    public bool HasDemoMailboxes { get; }

    public IReadOnlyList<Channel> Usable => [.. Enum.GetValues<Channel>().Where(channel => Lack(channel) is null)];

    internal bool IsUsable(ContactMethodRow contact) => Lack(contact) is null;

    /// <summary>The address is a mailbox of the demo that is received here.</summary>
    public bool IsDemoMailbox(Channel channel, string address) =>
        HasDemoMailboxes && channel == Channel.Email && address.EndsWith(DemoMailboxOptions.Domain, StringComparison.OrdinalIgnoreCase);

    /// <returns>What is missing to send there; null when nothing is.</returns>
    internal string? Lack(ContactMethodRow contact) => HasDemoMailboxes && contact.IsDemo ? null : Lack(contact.Channel);

    /// <returns>The setting that is missing; null when the channel works.</returns>
    public string? Lack(Channel channel) => channel switch
    {
        Channel.Email => smtp.IsConfigured ? null : "E-mail is not set up: Smtp:Host is empty.",
        Channel.Sms => twilio.IsConfigured ? null : "SMS is not set up: Twilio:AccountSid is empty.",
        Channel.Voice => twilio.IsConfigured ? null : "Calls are not set up: Twilio:AccountSid is empty.",
        Channel.Slack or Channel.Webhook => null,
        Channel.Push => "This version sends no browser notifications.",
    };
}
