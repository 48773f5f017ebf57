using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Notifications;

/// <summary>Numbers only: addresses and texts belong to people.</summary>
internal static partial class NotificationsLog
{
    [LoggerMessage(LogLevel.Error, "Claiming messages failed; the next round tries again")]
    public static partial void ClaimFailed(ILogger logger, Exception fault);

    [LoggerMessage(LogLevel.Error, "The end of {Count} tries could not be recorded yet")]
    public static partial void RecordFailed(ILogger logger, int count, Exception fault);

    [LoggerMessage(LogLevel.Error, "Pages were recorded without their entries in the timelines")]
    public static partial void TimelineFailed(ILogger logger, Exception fault);

    [LoggerMessage(LogLevel.Warning, "Took over {Count} messages another process had begun to send")]
    public static partial void TookOver(ILogger logger, int count);

    [LoggerMessage(LogLevel.Warning, "Message {Id} by {Channel}: try {Attempt} failed")]
    public static partial void AttemptFailed(ILogger logger, long id, Channel channel, int attempt);

    [LoggerMessage(LogLevel.Error, "Message {Id} by {Channel}: try {Attempt} met a fault")]
    public static partial void AttemptBroke(ILogger logger, long id, Channel channel, int attempt, Exception fault);

    [LoggerMessage(LogLevel.Error, "Old messages could not be forgotten; the next hour tries again")]
    public static partial void PruneFailed(ILogger logger, Exception fault);

    [LoggerMessage(LogLevel.Error, "Hand-overs and gaps could not be looked at; tried again in a moment")]
    public static partial void WatchFailed(ILogger logger, Exception fault);
}
