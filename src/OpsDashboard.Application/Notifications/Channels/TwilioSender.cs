using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Notifications.Delivery;

namespace OpsDashboard.Application.Notifications.Channels;

/// <summary>SMS and calls by the API of Twilio (2010-04-01), which others speak too.</summary>
internal sealed class TwilioSender(OutboundHttp http, IOptions<TwilioOptions> options, ChannelSetup channels) : ISender
{
    private const int MaxSmsLength = 1_600;
    private const int MaxSpokenLength = 1_000;

    public bool Sends(Channel channel) => channel is Channel.Sms or Channel.Voice;

    public async Task<SendResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        if (channels.Lack(message.Channel) is { } lack)
        {
            return SendResult.Failed(lack);
        }

        var account = options.Value;
        var token = (await File.ReadAllTextAsync(account.AuthTokenFile, cancellationToken)).Trim();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{account.BaseUrl.TrimEnd('/')}/2010-04-01/Accounts/{account.AccountSid}/{Resource(message.Channel)}.json")
        {
            Content = new FormUrlEncodedContent(Form(message, account.From)),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.AccountSid}:{token}")));
        request.Headers.Add("Idempotency-Key", message.IdempotencyKey);
        var answer = await http.SendAsync(request, trusted: true, cancellationToken);
        var text = AnswerText.Clean(AnswerText.Of(answer, message.Address), token, account.AccountSid);
        if (answer.IsSuccess)
        {
            return SendResult.Sent(text);
        }

        // A wrong token or an account without money is the operator's to mend, and then the message shall leave.
        return answer.MayPass || answer.Code is 401 or 402 or 403 or 404 ? SendResult.Failed(text, answer.RetryAfter) : SendResult.Refused(text);
    }

    private static string Resource(Channel channel) => channel == Channel.Voice ? "Calls" : "Messages";

    private static IEnumerable<KeyValuePair<string, string>> Form(ClaimedMessage message, string from)
    {
        yield return new("To", message.Address);
        yield return new("From", from);
        if (message.Channel == Channel.Voice)
        {
            yield return new("Twiml", Twiml(message.Text, ExtraHeaders.Read(message.Headers).FirstOrDefault(header => header.Key == TwilioCallbacks.GatherHeader).Value));
        }
        else
        {
            yield return new("Body", message.Text.Length <= MaxSmsLength ? message.Text : message.Text[..MaxSmsLength]);
        }
    }

    /// <summary>Said twice: who is woken misses the first words.</summary>
    /// <param name="keys">Where a pressed key is told; null: none is asked for.</param>
    private static string Twiml(string text, string? keys)
    {
        var spoken = new string([.. text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(MaxSpokenLength)]);
        XElement[] said = [new("Say", spoken), new("Pause", new XAttribute("length", 1)), new("Say", spoken)];
        var response = keys is null
            ? new XElement("Response", said)
            : new XElement(
                "Response",
                new XElement("Gather", new XAttribute("numDigits", 1), new XAttribute("timeout", 10), new XAttribute("method", "POST"), new XAttribute("action", keys), said),
                new XElement("Say", "No key was pressed. The page goes on."));
        return response.ToString(SaveOptions.DisableFormatting);
    }
}
