using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.StatusPages.Recording;

/// <summary>Messages of the status pages; addresses of subscribers are not among them.</summary>
internal static partial class StatusLog
{
    [LoggerMessage(2701, LogLevel.Warning, "The status pages' history could not be recorded; trying again")]
    public static partial void StepFailed(ILogger logger, Exception fault);

    [LoggerMessage(2702, LogLevel.Information, "A webhook of the status page did not confirm itself: {Reason}")]
    public static partial void ChallengeFailed(ILogger logger, string reason);
}
