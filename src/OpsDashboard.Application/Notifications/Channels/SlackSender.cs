using System.Text;
using System.Text.Json;
using OpsDashboard.Application.Notifications.Delivery;

namespace OpsDashboard.Application.Notifications.Channels;

/// <summary>Slack's incoming webhooks; Mattermost, Rocket.Chat and Zulip take the same.</summary>
internal sealed class SlackSender(OutboundHttp http) : ISender
{
    public bool Sends(Channel channel) => channel == Channel.Slack;

    public async Task<SendResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(new { text = $"*{Escape(message.Subject)}*\n{Escape(message.Text)}" });
        using var request = new HttpRequestMessage(HttpMethod.Post, message.Address)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", message.IdempotencyKey);
        var answer = await http.SendAsync(request, trusted: false, cancellationToken);
        var text = AnswerText.Of(answer, message.Address);
        if (answer.IsSuccess)
        {
            return SendResult.Sent(text);
        }

        return answer.MayPass ? SendResult.Failed(text, answer.RetryAfter) : SendResult.Refused(text);
    }

    /// <summary>The three characters Slack reads as markup of its own; without them nobody can write a mention or a disguised link.</summary>
    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
