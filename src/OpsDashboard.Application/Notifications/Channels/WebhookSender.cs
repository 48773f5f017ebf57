using System.Globalization;
using System.Text;
using System.Text.Json;
using OpsDashboard.Application.Notifications.Delivery;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Notifications.Channels;

/// <summary>JSON by POST. Redirects are not followed: they would lead past the address that was verified.</summary>
internal sealed class WebhookSender(OutboundHttp http, TimeProvider time) : ISender
{
    public bool Sends(Channel channel) => channel == Channel.Webhook;

    public async Task<SendResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        var body = Body(message);
        using var request = new HttpRequestMessage(HttpMethod.Post, message.Address)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        request.Headers.Add("Idempotency-Key", message.IdempotencyKey);
        request.Headers.Add(WebhookSignature.IdHeader, message.IdempotencyKey);
        request.Headers.Add(WebhookSignature.TimestampHeader, now.ToString(CultureInfo.InvariantCulture));
        if (message.SigningSecret is { } secret)
        {
            request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(secret, message.IdempotencyKey, now, body));
        }

        foreach (var (name, value) in ExtraHeaders.Read(message.Headers))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await http.SendAsync(request, trusted: false, cancellationToken);
        var text = AnswerText.Of(answer, message.Address);
        if (answer.IsSuccess)
        {
            return SendResult.Sent(text);
        }

        // A receiver that is being deployed answers 404 or 401 for a minute; what it says about the message itself will not change.
        return answer.Code is (>= 300 and <= 399) or 400 or 405 or 410 or 411 or 413 or 414 or 415 or 422
            ? SendResult.Refused(text)
            : SendResult.Failed(text, answer.RetryAfter);
    }

    private static string Body(ClaimedMessage message)
    {
        try
        {
            using var parsed = JsonDocument.Parse(message.Text);
            if (parsed.RootElement.ValueKind == JsonValueKind.Object)
            {
                return message.Text;
            }
        }
        catch (JsonException)
        {
            // Plain text, as of a notice: wrapped below.
        }

        return JsonSerializer.Serialize(new { message.Subject, message.Text }, StoreJson.Options);
    }
}
