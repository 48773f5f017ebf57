using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Incidents.Alerts.Intake;

internal static partial class AlertLog
{
    [LoggerMessage(1600, LogLevel.Error, "A group of {Deliveries} deliveries of alerts could not be recorded; their senders were told")]
    public static partial void CommitFailed(ILogger logger, int deliveries, Exception fault);

    [LoggerMessage(1601, LogLevel.Error, "Watching over alerts failed; it is tried again")]
    public static partial void WatchFailed(ILogger logger, Exception fault);
}
