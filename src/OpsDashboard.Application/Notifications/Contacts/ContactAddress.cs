using System.Net;
using System.Net.Mail;
using System.Text.RegularExpressions;
using OpsDashboard.Application.Platform.Outbound;

namespace OpsDashboard.Application.Notifications.Contacts;

/// <summary>What an address must be to be written to. Whether somebody is there shows the verification.</summary>
internal static partial class ContactAddress
{
    private const int MaxMailboxLength = 254;

    /// <returns>What is wrong with it; null when it may be tried.</returns>
    public static string? Fault(Channel channel, string address, OutboundPolicy policy)
    {
        if (address.Length is 0 or > OutgoingMessage.MaxAddressLength || address.Any(char.IsControl))
        {
            return $"An address of 1 to {OutgoingMessage.MaxAddressLength} characters.";
        }

        return channel switch
        {
            Channel.Email => IsMailbox(address) ? null : "A mailbox such as name@example.org, without a display name.",
            Channel.Sms or Channel.Voice => Number().IsMatch(address) ? null : "A number with country code, such as +14155550100.",
            Channel.Slack or Channel.Webhook => UrlFault(address, policy),
            Channel.Push => "This version sends no browser notifications.",
        };
    }

    /// <summary>Enough to recognise it by, on a screen others may see too.</summary>
    public static string Shown(Channel channel, string address) => channel switch
    {
        Channel.Email => address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? $"{address[0]}…{address[at..]}" : "…",
        Channel.Sms or Channel.Voice => address.Length > 4 ? $"…{address[^4..]}" : "…",
        Channel.Slack or Channel.Webhook or Channel.Push => Uri.TryCreate(address, UriKind.Absolute, out var url) ? $"{url.Scheme}://{url.Authority}/…" : "…",
    };

    private static bool IsMailbox(string address) =>
        address.Length <= MaxMailboxLength
        && MailAddress.TryCreate(address, out var parsed)
        && parsed.Address == address
        && parsed.Host.Contains('.', StringComparison.Ordinal);

    private static string? UrlFault(string address, OutboundPolicy policy)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            return "An address such as https://example.org/hook.";
        }

        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            return "Without user name, password and fragment.";
        }

        // Names are judged when they are called, by the address they then have.
        return IPAddress.TryParse(url.Host.Trim('[', ']'), out var literal) && policy.Refusal(literal) is { } refusal ? $"This may not be called: {refusal}." : null;
    }

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();
}
