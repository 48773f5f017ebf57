using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Telemetry.Self;

internal static partial class SelfLog
{
    [LoggerMessage(1420, LogLevel.Warning, "Own measurements could not be handed in; they wait")]
    public static partial void SendFailed(ILogger logger, Exception fault);

    [LoggerMessage(1421, LogLevel.Debug, "The intake refused own measurements: {Reason}")]
    public static partial void Refused(ILogger logger, string reason);
}
