using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Telemetry.Intake;

internal static partial class IntakeLog
{
    [LoggerMessage(1200, LogLevel.Error, "A group of {Batches} batches could not be committed; their callers were told")]
    public static partial void CommitFailed(ILogger logger, int batches, Exception fault);
}
