namespace OpsDashboard.Application.Notifications.Delivery;

/// <summary>A message as a sender gets it, claimed by this process.</summary>
internal sealed record ClaimedMessage
{
    public required long Id { get; init; }

    public required long ClaimId { get; init; }

    public required string DedupeKey { get; init; }

    public required string IdempotencyKey { get; init; }

    public required Channel Channel { get; init; }

    public required MessageKind Kind { get; init; }

    public required string Address { get; init; }

    public required string Target { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public string? Html { get; init; }

    public string? SigningSecret { get; init; }

    /// <summary>A JSON object of texts.</summary>
    public string? Headers { get; init; }

    public required long CreatedAtMs { get; init; }

    public required long FirstDueMs { get; init; }

    /// <summary>Number of this try, from 1.</summary>
    public required int Attempt { get; init; }
}

/// <summary>What became of one try.</summary>
/// <param name="Outcome">Sent, Failed or Refused.</param>
/// <param name="Answer">The provider's words on one line, without address and secret.</param>
/// <param name="RetryAfter">How long the provider asks to wait.</param>
internal sealed record SendResult(AttemptOutcome Outcome, string Answer, TimeSpan? RetryAfter = null)
{
    public static SendResult Sent(string answer) => new(AttemptOutcome.Sent, answer);

    public static SendResult Failed(string answer, TimeSpan? retryAfter = null) => new(AttemptOutcome.Failed, answer, retryAfter);

    public static SendResult Refused(string answer) => new(AttemptOutcome.Refused, answer);
}

/// <summary>Hands a message to one channel. A fault it does not know is thrown and counts as a failure that may pass.</summary>
internal interface ISender
{
    bool Sends(Channel channel);

    /// <param name="cancellationToken">Fires when the try has taken too long.</param>
    Task<SendResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken);
}
