using Microsoft.Extensions.Options;

namespace OpsDashboard.Application.Notifications;

/// <summary>Section <c>Paging</c>.</summary>
public sealed class PagingOptions
{
    /// <summary>How long a message is tried before it becomes a dead letter.</summary>
    public int GiveUpAfterMinutes { get; set; } = 360;

    /// <summary>How long one try may take.</summary>
    public int AttemptTimeoutSeconds { get; set; } = 15;

    /// <summary>Tries under way at the same time in this process.</summary>
    public int AtOnce { get; set; } = 64;

    /// <summary>Of these, to one receiver or service.</summary>
    public int AtOncePerTarget { get; set; } = 16;

    /// <summary>How long the link in a page may acknowledge.</summary>
    public int LinkHours { get; set; } = 24;

    /// <summary>Incoming webhook of the Slack channel that is told of warnings, which page nobody. A secret; empty: nobody is told.</summary>
    public string WarningsSlackUrl { get; set; } = "";

    public int EmailsPerContactPerMinute { get; set; } = 60;

    public int SmsPerContactPerMinute { get; set; } = 15;

    public int CallsPerContactPerMinute { get; set; } = 4;

    /// <summary>Slack takes about one a second.</summary>
    public int SlackPerContactPerMinute { get; set; } = 60;

    public int WebhooksPerContactPerMinute { get; set; } = 6_000;

    internal int PerMinute(Channel channel) => channel switch
    {
        Channel.Email => EmailsPerContactPerMinute,
        Channel.Slack => SlackPerContactPerMinute,
        Channel.Webhook => WebhooksPerContactPerMinute,
        Channel.Sms => SmsPerContactPerMinute,
        Channel.Voice => CallsPerContactPerMinute,
        Channel.Push => EmailsPerContactPerMinute,
    };
}

internal sealed class PagingOptionsValidator : IValidateOptions<PagingOptions>
{
    public ValidateOptionsResult Validate(string? name, PagingOptions options)
    {
        var faults = new List<string>();
        Within(options.GiveUpAfterMinutes, 1, 7 * 24 * 60, nameof(options.GiveUpAfterMinutes));
        // A claim without a sign of life is taken over after 45 s: a try must have ended by then.
        Within(options.AttemptTimeoutSeconds, 1, 30, nameof(options.AttemptTimeoutSeconds));
        Within(options.AtOnce, 1, 500, nameof(options.AtOnce));
        Within(options.AtOncePerTarget, 1, options.AtOnce, nameof(options.AtOncePerTarget));
        Within(options.LinkHours, 1, 24 * 30, nameof(options.LinkHours));
        if (options.WarningsSlackUrl.Length > 0
            && !(Uri.TryCreate(options.WarningsSlackUrl, UriKind.Absolute, out var slack) && slack.Scheme is "https" or "http"))
        {
            faults.Add("Paging:WarningsSlackUrl must be an http or https address.");
        }

        foreach (var channel in Enum.GetValues<Channel>())
        {
            if (options.PerMinute(channel) is < 1 or > 100_000)
            {
                faults.Add($"Paging: the limit of {channel} per contact and minute must be between 1 and 100,000.");
            }
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Within(int value, int least, int most, string name)
        {
            if (value < least || value > most)
            {
                faults.Add($"Paging:{name} must be between {least} and {most}.");
            }
        }
    }
}
