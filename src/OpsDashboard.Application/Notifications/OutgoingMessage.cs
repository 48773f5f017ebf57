namespace OpsDashboard.Application.Notifications;

/// <summary>Something to tell somebody outside. Delivered at least once; the receiver can tell a repetition by its idempotency key.</summary>
public sealed record OutgoingMessage
{
    public const int MaxDedupeKeyLength = 200;
    public const int MaxAddressLength = 500;
    public const int MaxSubjectLength = 300;
    public const int MaxTextLength = 20_000;
    public const int MaxHtmlLength = 100_000;

    /// <summary>A second message with it is not sent, for as long as the first is known: 90 days after it ended.</summary>
    public required string DedupeKey { get; init; }

    public required Channel Channel { get; init; }

    public required string Address { get; init; }

    /// <summary>One line; control characters become spaces.</summary>
    public required string Subject { get; init; }

    /// <summary>Plain text. Of a webhook: the JSON body when it parses as an object, else its field <c>text</c>.</summary>
    public required string Text { get; init; }

    /// <summary>For e-mail only, beside the plain text.</summary>
    public string? Html { get; init; }

    /// <summary>For webhooks: the key of the signature.</summary>
    public string? SigningSecret { get; init; }

    /// <summary>Further headers of a mail or webhook, as List-Unsubscribe.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Unix ms; not sent earlier. 0: at once.</summary>
    public long NotBeforeMs { get; init; }
}
