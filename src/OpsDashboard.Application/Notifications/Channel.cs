namespace OpsDashboard.Application.Notifications;

/// <summary>The ways out of the product.</summary>
public enum Channel
{
    /// <summary>SMTP; the address is a mailbox.</summary>
    Email,

    /// <summary>Slack's incoming webhooks, and those who speak like them.</summary>
    Slack,

    /// <summary>JSON by POST, signed with HMAC-SHA256 where a secret is known.</summary>
    Webhook,

    /// <summary>A Twilio-compatible API; the address is a number in E.164.</summary>
    Sms,

    /// <summary>As <see cref="Sms"/>: a call that reads the text aloud.</summary>
    Voice,

    /// <summary>A browser's push service.</summary>
    Push,
}
